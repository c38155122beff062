export { activity, audit, verifyAudit } from './audit.ts'
export { restore, trash, type Trashable } from './lifecycle.ts'
export { linkContained, linksOf, moveContained, unlinkContained, type Container, type LinkSeen } from './links.ts'
