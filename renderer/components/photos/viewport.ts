import { ThumbnailLoader } from '../../data/thumbnails.ts'

/** The pictures of the grid, nearest to the middle of the viewport first. */
export const thumbnails = new ThumbnailLoader()

let centre = 0

/** Told at every scroll, outside of React, since nothing is drawn differently for it. */
export function lookAt(top: number): void {
  centre = top
}

export function viewportDistance(offset: number): number {
  return Math.abs(offset - centre)
}
