export { addWatchedFolder, editWatchedFolder, removeWatchedFolder } from './edit.ts'
export { listWatchedFolders, readWatchedFolder } from './read.ts'
export { startWatching, type Watching } from './watching.ts'
