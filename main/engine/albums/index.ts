export { albumTiles } from './tiles.ts'
export {
  addToAlbum,
  createAlbum,
  deleteAlbum,
  moveInAlbum,
  removeFromAlbum,
  restoreAlbum,
  updateAlbum,
} from './edit.ts'
export { room } from './room.ts'
export { fileIntoFolderAlbum, replaceCover, setCover, storeAlbum } from './stored.ts'
export { listAlbums, readAlbum } from './read.ts'
