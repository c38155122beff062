export { hashPassword, verifyPassword } from './password.ts'
export { newSecret, sameSecret } from './secret.ts'
