import type { Tile } from '../../../main/contract/index.ts'
import type { TimelineSpot } from '../../data/timeline.ts'
import type { Rectangle } from '../../components/photos/use-marquee.ts'
import { within } from '../../components/photos/within.ts'
import type { Layout, Section } from './layout.ts'
import type { PlacedBox, Row } from '../../components/photos/rows.ts'

export interface Position {
  readonly section: Section
  readonly row: Row
  readonly rowIndex: number
  readonly box: PlacedBox
  readonly boxIndex: number
}

export function findTile(layout: Layout, spot: TimelineSpot): Position | null {
  const section = layout.byDay.get(spot.day)
  if (!section) return null
  for (const [rowIndex, row] of section.rows.entries()) {
    for (const [boxIndex, box] of row.boxes.entries()) {
      if (box.tile.id === spot.id) return { section, row, rowIndex, box, boxIndex }
    }
  }
  return null
}

const steps: Readonly<Record<string, 1 | -1>> = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }

/**
 * Where an arrow key leads from a photo, or to the first one in the viewport when none has the focus; null for other keys, at
 * the ends, and where nothing has been fetched.
 */
export function ledTo(
  layout: Layout,
  from: TimelineSpot | null,
  key: string,
  viewport: { readonly top: number; readonly height: number },
): TimelineSpot | null {
  const step = steps[key]
  if (step === undefined) return null
  const place = from && findTile(layout, from)
  if (!place) return firstIn(layout, viewport)
  return key === 'ArrowUp' || key === 'ArrowDown' ? nearestInLine(layout, place, step) : beside(layout, place, step)
}

function firstIn(
  layout: Layout,
  { top, height }: { readonly top: number; readonly height: number },
): TimelineSpot | null {
  const section = within(layout.sections, top, top + height).find((each) => each.rows.length > 0)
  const box = section?.rows[0]?.boxes[0]
  return section && box ? { day: section.day, id: box.tile.id } : null
}

function beside(layout: Layout, from: Position, step: 1 | -1): TimelineSpot | null {
  const { section, row, rowIndex, boxIndex } = from
  const box = row.boxes[boxIndex + step]
  if (box) return { day: section.day, id: box.tile.id }
  const next = rowBeside(layout, section, rowIndex, step)
  const edge = step === 1 ? next?.row.boxes[0] : next?.row.boxes.at(-1)
  return next && edge ? { day: next.section.day, id: edge.tile.id } : null
}

function rowBeside(
  layout: Layout,
  section: Section,
  rowIndex: number,
  step: 1 | -1,
): { readonly section: Section; readonly row: Row } | null {
  const row = section.rows[rowIndex + step]
  if (row) return { section, row }
  const other = layout.sections[section.index + step]
  const found = step === 1 ? other?.rows[0] : other?.rows.at(-1)
  return other && found ? { section: other, row: found } : null
}

/** The photo nearest to the middle of this one in the next line, which several days may share. */
function nearestInLine(layout: Layout, from: Position, step: 1 | -1): TimelineSpot | null {
  const here = from.section.gridTop + from.row.top
  const centre = from.section.left + from.box.left + from.box.width / 2
  let lineTop: number | null = null
  let best: { readonly spot: TimelineSpot; readonly distance: number } | null = null
  for (let index = from.section.index; ; index += step) {
    const section = layout.sections[index]
    if (!section) break
    const rows = step === 1 ? section.rows : section.rows.toReversed()
    const row = rows.find((each) => (section.gridTop + each.top - here) * step > 0)
    if (!row) {
      if (lineTop !== null) break
      continue
    }
    const top = section.gridTop + row.top
    lineTop ??= top
    if (top !== lineTop) break
    for (const box of row.boxes) {
      const distance = Math.abs(section.left + box.left + box.width / 2 - centre)
      if (!best || distance < best.distance) best = { spot: { day: section.day, id: box.tile.id }, distance }
    }
  }
  return best?.spot ?? null
}

/** The photo nearest to a place of the timeline, at its ends the first or last one; null where nothing has been fetched. */
export function spotNear(layout: Layout, top: number, left: number): TimelineSpot | null {
  const wanted = Math.min(Math.max(top, 0), layout.height)
  const last = layout.sections.at(-1)
  const near = within(layout.sections, wanted, wanted)
  let best: { readonly spot: TimelineSpot; readonly distance: number } | null = null
  for (const { day, gridTop, left: start, rows } of near.length > 0 ? near : last ? [last] : []) {
    for (const row of rows) {
      for (const box of row.boxes) {
        const distance = Math.abs(gridTop + row.top - wanted) * 1000 + Math.abs(start + box.left - left)
        if (!best || distance < best.distance) best = { spot: { day, id: box.tile.id }, distance }
      }
    }
  }
  return best?.spot ?? null
}

/** Every photo a rectangle touches. */
export function tilesIn(
  layout: Layout,
  rectangle: Rectangle,
): readonly { readonly day: string; readonly tile: Tile }[] {
  return within(layout.sections, rectangle.top, rectangle.bottom).flatMap((section) =>
    within(section.rows, rectangle.top - section.gridTop, rectangle.bottom - section.gridTop).flatMap((row) =>
      row.boxes
        .filter((box) => {
          const left = section.left + box.left
          const top = section.gridTop + row.top
          return (
            left < rectangle.right &&
            left + box.width > rectangle.left &&
            top < rectangle.bottom &&
            top + row.height > rectangle.top
          )
        })
        .map((box) => ({ day: section.day, tile: box.tile })),
    ),
  )
}

/** What the top of the viewport shows, so that it stays there when days above it grow. */
export interface Anchor {
  readonly day: string
  readonly id: string | null
  readonly offset: number
}

export function anchorAt(layout: Layout, top: number): Anchor | null {
  const section = within(layout.sections, top, top).at(-1)
  if (!section) return null
  const row = within(section.rows, top - section.gridTop, top - section.gridTop + 1).at(-1)
  const box = row?.boxes[0]
  if (row && box) return { day: section.day, id: box.tile.id, offset: (top - section.gridTop - row.top) / row.height }
  return { day: section.day, id: null, offset: top - section.top }
}

export function topOf(layout: Layout, anchor: Anchor): number | null {
  if (anchor.id !== null) {
    const place = findTile(layout, { day: anchor.day, id: anchor.id })
    if (place) return place.section.gridTop + place.row.top + anchor.offset * place.row.height
  }
  const section = layout.byDay.get(anchor.day)
  return section ? section.top + Math.min(anchor.offset, section.height) : null
}
