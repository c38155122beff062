export { libraryTotals, readMedia, storedBytes, type LibraryTotals, type StoredBytes } from './media.ts'
export { rebuildThumbnails } from './rebuild.ts'
export { timelineDays, timelineRows, timelineTiles } from './timeline.ts'
export { verifyLibrary, type VerifyReport } from './verify.ts'
