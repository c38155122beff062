export {
  ageOpener,
  ageRecipient,
  ageSealer,
  maxAgeHeaderBytes,
  newAgeIdentity,
  openText,
  sealText,
  sealToPassphrase,
  type AgeOpener,
  type AgeSealer,
  type AgeTarget,
  type AgeWays,
} from './age.ts'
export { hashPassword, verifyPassword } from './password.ts'
export { newSecret, sameSecret } from './secret.ts'
export { openSecret, sealSecret } from './sealed.ts'
