export { activity, verifyAudit } from './audit.ts'
export { checkMetadata, checkReferences, type Values } from './fields.ts'
export { createIntegration, updateIntegration, withTokens, type SealedTokens } from './integrations.ts'
export { restore, trash, type Trashable } from './lifecycle.ts'
export {
  createLink,
  linkContained,
  linkedObjects,
  linksOf,
  moveContained,
  unlinkContained,
  type Container,
  type LinkSeen,
} from './links.ts'
export { listObjects, type ListQuery } from './list.ts'
export { forgetOldKeys, once, type Answer } from './once.ts'
export { purgeObject, purgeOldObjects } from './purge.ts'
export { lockForUpdate, readObject, typeOf } from './read.ts'
export { record } from './record.ts'
export { room } from './room.ts'
export { historyOf, revertObject } from './versions.ts'
export { createObject, setDifferingColumns, updateObject } from './write.ts'
export { purgeTrashedObjects, restoreObjects, trashedObjects, trashObjects, type ObjectRef } from './trashed.ts'
export { timelineEntries } from './timeline.ts'
export { fieldsOf, tables } from './types.ts'
