export { isJunkFile, isJunkFolder } from './junk.ts'
export { keepAll, sweepIncoming, unfinishedFiles, type Keeping } from './keep.ts'
export { originalPath, thumbnailPath, userFolders, type ThumbnailSize, type UserFolders } from './layout.ts'
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
export { hashFile, hashOpen, readHead, takeIn, type Staged } from './take-in.ts'
export { openable, reasonOf, walk, type Found, type SourceFile } from './walk.ts'
