export { erasable, eraseUser, finishErasing, type Erased } from './erase.ts'
export { addUser, editUser, isSignInNeeded, listUsers, personNamed, personOf } from './people.ts'
export { assertAdmin, changePassword, recoverPassword, removePassword, resetPassword } from './passwords.ts'
export { createSessions, type Sessions, type SignedIn } from './sessions.ts'
