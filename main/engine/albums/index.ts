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
export { listAlbums, readAlbum } from './read.ts'
