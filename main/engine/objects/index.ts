export { audit } from './audit.ts'
export { restore, trash, type Trashable } from './lifecycle.ts'
export { linkContained, linksOf, type LinkSeen } from './links.ts'
