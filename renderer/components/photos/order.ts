import type { Row } from './rows.ts'
import { within } from './within.ts'

/** A place between two photos, and the photo that would follow. */
export interface Gap {
  readonly before: string | null
  readonly left: number
  readonly top: number
  readonly height: number
}

/** The gap nearest to a point of the grid. */
export function gapAt(rows: readonly Row[], x: number, y: number): Gap | null {
  const row = within(rows, y, y)[0] ?? (y < 0 ? rows[0] : rows.at(-1))
  if (!row) return null
  const { top, height } = row
  const box = row.boxes.find((each) => x < each.left + each.width / 2)
  if (box) return { before: box.tile.id, left: box.left - 4, top, height }
  const last = row.boxes.at(-1)
  const next = rows[rows.indexOf(row) + 1]?.boxes[0]
  return { before: next?.tile.id ?? null, left: last ? last.left + last.width : 0, top, height }
}

/** Before which photo these come after a step with the keyboard; undefined when there is no such step. */
export function stepOf(
  tiles: readonly { readonly id: string }[],
  ids: readonly string[],
  key: string,
): string | null | undefined {
  const moving = new Set(ids)
  const at = tiles.findIndex(({ id }) => moving.has(id))
  const end = tiles.findLastIndex(({ id }) => moving.has(id))
  const rest = tiles.filter(({ id }) => !moving.has(id))
  if (at < 0 || rest.length === 0) return undefined
  const idAt = (place: number): string | null => rest[place]?.id ?? null
  const placeInRest = (index: number): number => tiles.slice(0, index).filter(({ id }) => !moving.has(id)).length
  if (key === 'ArrowLeft' || key === 'ArrowUp') return at === 0 ? undefined : idAt(placeInRest(at) - 1)
  if (key === 'ArrowRight' || key === 'ArrowDown')
    return end === tiles.length - 1 ? undefined : idAt(placeInRest(end) + 1)
  if (key === 'Home') return at === 0 ? undefined : idAt(0)
  if (key === 'End') return end === tiles.length - 1 ? undefined : null
  return undefined
}

/** The first photo from this one on that is not itself being moved. */
export function followerOutside(
  tiles: readonly { readonly id: string }[],
  from: string | null,
  moved: readonly string[],
): string | null {
  if (from === null) return null
  const moving = new Set(moved)
  return tiles.slice(tiles.findIndex(({ id }) => id === from)).find(({ id }) => !moving.has(id))?.id ?? null
}
