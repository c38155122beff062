export { isFilledIn } from './filled-in.ts'
export { holdOriginals, originalsLetGo } from './hold.ts'
export { isJunkFile, isJunkFolder } from './junk.ts'
export { keepAll, sweepIncoming, unfinishedFiles, type Keeping } from './keep.ts'
export {
  originalPath,
  sidecarPath,
  thumbnailPath,
  userFolders,
  type ThumbnailSize,
  type UserFolders,
} from './layout.ts'
export { holdsOriginals, storedFiles } from './stored.ts'
export { isAtRest } from './rest.ts'
export {
  keptPath,
  openKept,
  openOriginalSync,
  originalsOf,
  placeOf,
  removeKept,
  statKept,
  type OriginalPlace,
  type OriginalRow,
  type Originals,
} from './kept.ts'
export { withReadablePath } from './readable.ts'
export { pathsAt } from './lossy.ts'
export { reason, reasonOf } from './reasons.ts'
export { identity, lookAt, modifiedMs, type SourceFile } from './source.ts'
export { CopyFailed, hashFile, hashOpen, readHead, takeIn, type Staged } from './take-in.ts'
export { joined, walk, type Found } from './walk.ts'
