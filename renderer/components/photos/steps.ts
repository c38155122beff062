import type { Row } from './rows.ts'

/** Where a key leads from a photo: a photo or line on, a page on, or to an end; to the first one when none has the focus. */
export function ledTo(rows: readonly Row[], from: string | null, key: string, page: number): string | null {
  if (key === 'Home') return rows[0]?.boxes[0]?.tile.id ?? null
  if (key === 'End') return rows.at(-1)?.boxes.at(-1)?.tile.id ?? null
  const step = { ArrowLeft: -1, ArrowUp: -1, PageUp: -1, ArrowRight: 1, ArrowDown: 1, PageDown: 1 }[key]
  if (step === undefined) return null
  const at = rows.findIndex((row) => row.boxes.some((box) => box.tile.id === from))
  const row = rows[at]
  if (!row) return rows[0]?.boxes[0]?.tile.id ?? null
  const index = row.boxes.findIndex((box) => box.tile.id === from)
  if (key === 'ArrowLeft' || key === 'ArrowRight') {
    const next = row.boxes[index + step] ?? (step === 1 ? rows[at + 1]?.boxes[0] : rows[at - 1]?.boxes.at(-1))
    return next?.tile.id ?? null
  }
  const box = row.boxes[index]
  const centre = box ? box.left + box.width / 2 : 0
  const distance = (each: Row['boxes'][number]): number => Math.abs(each.left + each.width / 2 - centre)
  const line = (key.startsWith('Page') ? rowAPageOn(rows, row, step * page) : rows[at + step])?.boxes ?? []
  return (
    line.reduce<Row['boxes'][number] | null>(
      (best, each) => (best && distance(best) <= distance(each) ? best : each),
      null,
    )?.tile.id ?? null
  )
}

/** The row that stands a page above or below this one, or the last there is that way. */
function rowAPageOn(rows: readonly Row[], from: Row, page: number): Row | undefined {
  const top = from.top + page
  return page > 0
    ? (rows.find((row) => row.top + row.height > top && row.top > from.top) ?? rows.at(-1))
    : (rows.findLast((row) => row.top <= Math.max(top, 0) && row.top < from.top) ?? rows[0])
}
