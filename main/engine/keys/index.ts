export {
  ageOpener,
  ageRecipient,
  ageSealer,
  isAgeFile,
  maxAgeHeaderBytes,
  newAgeHead,
  newAgeIdentity,
  openAgeHead,
  openerWith,
  openText,
  sealText,
  sealerWith,
  sealToPassphrase,
  type AgeHead,
  type AgeOpener,
  type AgeSealer,
  type AgeTarget,
  type AgeKeys,
} from './age.ts'
export { hashPassword, isOutdatedHash, verifyPassword } from './password.ts'
export { newSecret, sameSecret, sealOf } from './secret.ts'
export { openSecret, sealSecret } from './sealed.ts'
export { assertStrong, passwordStrength } from './strength.ts'
export { createTokenSigner, newRefreshToken, refreshTokenHash, type TokenSigner } from './tokens.ts'
