export { apiTokenIn, type ApiTokens } from './api-tokens.ts'
export { erasable, eraseUser, type Erased } from './erase.ts'
export {
  addUser,
  editUser,
  firstName,
  isSignInNeeded,
  listUsers,
  personNamed,
  personOf,
  whoMaySignIn,
} from './people.ts'
export { changePassword, recoverPassword, removePassword, resetPassword } from './passwords.ts'
export type { VaultKey } from './vault-key.ts'
export { room } from './room.ts'
export { createSessions, type Sessions, type SignedIn } from './sessions.ts'
