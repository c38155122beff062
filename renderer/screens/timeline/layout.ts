import type { TimelineDay } from '../../engine/timeline.ts'
import { undated } from '../../engine/timeline.ts'
import { estimateHeight, justify, type PlacedBox, type Row, type RowOptions } from './rows.ts'

export const monthHeight = 56
export const dayHeight = 40
export const dayGap = 16

export interface Section {
  readonly day: string
  readonly count: number
  readonly top: number
  readonly height: number
  /** Set on the first day of a month. */
  readonly opensMonth: boolean
  readonly gridTop: number
  readonly rows: readonly Row[]
  /** Room kept below the rows for what is not fetched yet. */
  readonly missingHeight: number
}

export interface Layout {
  readonly sections: readonly Section[]
  readonly height: number
  readonly byDay: ReadonlyMap<string, Section>
}

type RowCache = WeakMap<readonly unknown[], { readonly key: string; readonly rows: readonly Row[] }>
const rowCache: RowCache = new WeakMap()

/** Places every day below the one before it. Rows of a day are kept until its tiles or the width change. */
export function layOut(days: readonly TimelineDay[], options: RowOptions): Layout {
  const sections: Section[] = []
  let top = 0
  let monthBefore: string | null = null
  for (const { day, count, tiles } of days) {
    const month = day === undated ? undated : day.slice(0, 7)
    const opensMonth = month !== monthBefore
    monthBefore = month
    const rows = rowsOf(tiles, options)
    const last = rows.at(-1)
    const rowsHeight = last ? last.top + last.height + options.gap : 0
    const missingHeight = estimateHeight(count - tiles.length, options)
    const gridTop = top + (opensMonth ? monthHeight : 0) + dayHeight
    const height = gridTop - top + rowsHeight + missingHeight + dayGap
    sections.push({ day, count, top, height, opensMonth, gridTop, rows, missingHeight })
    top += height
  }
  return { sections, height: top, byDay: new Map(sections.map((each) => [each.day, each])) }
}

function rowsOf(tiles: TimelineDay['tiles'], options: RowOptions): readonly Row[] {
  if (tiles.length === 0) return []
  const key = `${options.width}/${options.targetHeight}/${options.gap}`
  const known = rowCache.get(tiles)
  if (known?.key === key) return known.rows
  const rows = justify(tiles, options)
  rowCache.set(tiles, { key, rows })
  return rows
}

/** The things of a list sorted by `top` that touch a stretch of it. */
export function within<Item extends { readonly top: number; readonly height: number }>(
  items: readonly Item[],
  from: number,
  to: number,
): readonly Item[] {
  let low = 0
  let high = items.length
  while (low < high) {
    const middle = (low + high) >> 1
    const item = items[middle]
    if (item && item.top + item.height < from) low = middle + 1
    else high = middle
  }
  let end = low
  while (end < items.length && (items[end]?.top ?? Infinity) <= to) end += 1
  return items.slice(low, end)
}

export interface Place {
  readonly section: Section
  readonly row: Row
  readonly rowIndex: number
  readonly box: PlacedBox
  readonly boxIndex: number
}

export function findTile(layout: Layout, spot: { readonly day: string; readonly id: string }): Place | null {
  const section = layout.byDay.get(spot.day)
  if (!section) return null
  for (const [rowIndex, row] of section.rows.entries()) {
    for (const [boxIndex, box] of row.boxes.entries()) {
      if (box.tile.id === spot.id) return { section, row, rowIndex, box, boxIndex }
    }
  }
  return null
}

export type Direction = 'left' | 'right' | 'up' | 'down'

/** Where an arrow key leads; null at the ends and where nothing has been fetched. */
export function neighbour(layout: Layout, from: Place, direction: Direction): { day: string; id: string } | null {
  const { section, row, rowIndex, boxIndex, box } = from
  if (direction === 'left' || direction === 'right') {
    const step = direction === 'left' ? -1 : 1
    const beside = row.boxes[boxIndex + step]
    if (beside) return { day: section.day, id: beside.tile.id }
    const next = rowBeside(layout, section, rowIndex, step)
    const edge = step === 1 ? next?.row.boxes[0] : next?.row.boxes.at(-1)
    return next && edge ? { day: next.day, id: edge.tile.id } : null
  }
  const next = rowBeside(layout, section, rowIndex, direction === 'up' ? -1 : 1)
  if (!next) return null
  const centre = box.left + box.width / 2
  const nearest = next.row.boxes.reduce((best, each) =>
    Math.abs(each.left + each.width / 2 - centre) < Math.abs(best.left + best.width / 2 - centre) ? each : best,
  )
  return { day: next.day, id: nearest.tile.id }
}

function rowBeside(layout: Layout, section: Section, rowIndex: number, step: 1 | -1): { day: string; row: Row } | null {
  const row = section.rows[rowIndex + step]
  if (row) return { day: section.day, row }
  const at = layout.sections.indexOf(section)
  for (let index = at + step; index >= 0 && index < layout.sections.length; index += step) {
    const other = layout.sections[index]
    const found = step === 1 ? other?.rows[0] : other?.rows.at(-1)
    if (other && found) return { day: other.day, row: found }
    if (other && other.count > 0) return null
  }
  return null
}
