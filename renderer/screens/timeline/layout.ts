import type { TimelineDay } from '../../data/timeline.ts'
import { undated } from '../../data/timeline.ts'
import {
  estimateHeight,
  estimateWidth,
  justify,
  widthInOneRow,
  type Row,
  type RowOptions,
} from '../../components/photos/rows.ts'

const monthHeight = 56
const dayHeight = 40
const dayGap = 16
/** Between days that share a line. */
const besideGap = 20
/** A day is never narrower than its heading. */
const narrowestDay = 164

export interface Section {
  readonly index: number
  readonly day: string
  readonly count: number
  /** Photos on all days before this one. */
  readonly countBefore: number
  readonly top: number
  readonly left: number
  readonly width: number
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

const rowCache = new WeakMap<readonly unknown[], { readonly key: string; readonly rows: readonly Row[] }>()

/**
 * Places every day after the one before it. Days of a month that are short enough share a line, so that a year of
 * single photos does not become a column. Rows of a day are kept until its tiles or the width change.
 */
export function layOut(days: readonly TimelineDay[], options: RowOptions, startTop: number): Layout {
  const sections: Section[] = []
  let bottom = startTop
  let countBefore = 0
  let monthBefore: string | null = null
  let line: { readonly gridTop: number; end: number } | null = null
  for (const { day, count, tiles } of days) {
    const month = day === undated ? undated : day.slice(0, 7)
    const opensMonth = month !== monthBefore
    monthBefore = month
    const missing = count - tiles.length
    const natural = widthInOneRow(tiles, options) + estimateWidth(missing, options)
    const isShort = natural <= options.width
    const index = sections.length
    const width = isShort ? Math.max(natural, narrowestDay) : options.width
    if (line && isShort && !opensMonth && line.end + besideGap + width <= options.width) {
      const { gridTop, end } = line
      const top = gridTop - dayHeight
      const place = { top, left: end + besideGap, width, height: bottom - top, gridTop, opensMonth }
      sections.push({ index, day, count, countBefore, ...place, ...filled(tiles, missing, options) })
      line.end += besideGap + width
    } else {
      const top = bottom
      const gridTop = top + (opensMonth ? monthHeight : 0) + dayHeight
      const content = filled(tiles, missing, options)
      const last = content.rows.at(-1)
      const rowsHeight = last ? last.top + last.height + options.gap : 0
      const height = isShort
        ? gridTop - top + options.targetHeight + options.gap + dayGap
        : gridTop - top + rowsHeight + content.missingHeight + dayGap
      sections.push({ index, day, count, countBefore, top, left: 0, width, height, gridTop, opensMonth, ...content })
      bottom = top + height
      line = isShort ? { gridTop, end: width } : null
    }
    countBefore += count
  }
  return { sections, height: bottom, byDay: new Map(sections.map((each) => [each.day, each])) }
}

function filled(tiles: TimelineDay['tiles'], missing: number, options: RowOptions) {
  return { rows: rowsOf(tiles, options), missingHeight: estimateHeight(missing, options) }
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
