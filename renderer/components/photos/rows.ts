import type { Tile } from '../../../main/contract/index.ts'

export interface PlacedBox {
  readonly tile: Tile
  readonly left: number
  readonly width: number
}

export interface Row {
  /** From the top of the day's grid. */
  readonly top: number
  readonly height: number
  readonly boxes: readonly PlacedBox[]
}

export interface RowOptions {
  readonly width: number
  readonly targetHeight: number
  readonly gap: number
}

/** Wider than this is cropped at the sides, narrower than the other at top and bottom. */
const widest = 3
const narrowest = 0.5
/** What a photo that has not been fetched yet is taken to measure. */
const usualAspect = 1.4

export function aspectOf(tile: Pick<Tile, 'width' | 'height'>): number {
  if (!tile.width || !tile.height) return 1
  return Math.min(Math.max(tile.width / tile.height, narrowest), widest)
}

/**
 * Fills rows to the full width, each as close to the target height as its photos allow; the last keeps the target. Only
 * sizes decide, so nothing moves when the pictures arrive.
 */
export function justify(tiles: readonly Tile[], { width, targetHeight, gap }: RowOptions): Row[] {
  const rows: Row[] = []
  let top = 0
  let start = 0
  let aspects = 0
  const place = (end: number, height: number, stretched: boolean): void => {
    let left = 0
    const boxes = tiles.slice(start, end).map((tile, index, all) => {
      const natural = aspectOf(tile) * height
      // The last box takes the rounding of all the others, so that right edges line up.
      const boxWidth =
        stretched && index === all.length - 1 ? width - left : Math.min(Math.round(natural), width - left)
      const box = { tile, left, width: boxWidth }
      left += boxWidth + gap
      return box
    })
    rows.push({ top, height, boxes })
    top += height + gap
    start = end
    aspects = 0
  }
  tiles.forEach((tile, index) => {
    const aspect = aspectOf(tile)
    const count = index - start
    const free = width - gap * count
    if (count > 0 && aspects + aspect > free / targetHeight) {
      const heightWith = free / (aspects + aspect)
      const heightWithout = (free + gap) / aspects
      // Break before or after this one, whichever comes closer to the wanted height.
      if (heightWithout - targetHeight < targetHeight - heightWith) place(index, Math.round(heightWithout), true)
    }
    aspects += aspect
    const filled = (width - gap * (index - start)) / aspects
    if (filled <= targetHeight) place(index + 1, Math.round(filled), true)
  })
  if (start < tiles.length) place(tiles.length, targetHeight, false)
  return rows
}

/** How wide these photos are side by side at the target height. */
export function widthInOneRow(tiles: readonly Tile[], { targetHeight, gap }: RowOptions): number {
  let width = 0
  for (const tile of tiles) width += Math.round(aspectOf(tile) * targetHeight) + gap
  return Math.max(width - gap, 0)
}

/** Width in one row of photos whose sizes are not known yet. */
export function estimateWidth(count: number, { targetHeight, gap }: RowOptions): number {
  return count * (targetHeight * usualAspect + gap)
}

/** Room for photos whose sizes are not known yet. */
export function estimateHeight(count: number, { width, targetHeight, gap }: RowOptions): number {
  if (count <= 0) return 0
  const perRow = Math.max(1, Math.round((width + gap) / (targetHeight * usualAspect + gap)))
  return Math.ceil(count / perRow) * (targetHeight + gap)
}

/** How many photos reach down to `height` from the top of a day, with some to spare. */
export function countWithin(height: number, { width, targetHeight, gap }: RowOptions): number {
  const smallest = targetHeight * 0.6
  return Math.ceil(Math.max(height, 0) / smallest + 1) * Math.ceil((width + gap) / smallest)
}
