export { addWatchedFolder, editWatchedFolder, removeWatchedFolder } from './edit.ts'
export { listWatchedFolders } from './read.ts'
export { room } from './room.ts'
export { startWatching, type Watching } from './watching.ts'
