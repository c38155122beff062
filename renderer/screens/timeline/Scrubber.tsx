import { useMemo, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react'
import { undated } from '../../data/timeline.ts'
import { day as dayName, month as monthName } from '../../messages/format.ts'
import { t } from '../../messages/translate.ts'
import { within } from '../../components/photos/within.ts'
import type { Layout, Section } from './layout.ts'
import styles from './Scrubber.module.css'

const markRoom = 22
const dotRoom = 7

/**
 * The whole timeline as a line at the edge, measured in photos: a year that has many takes much of it. It stands where
 * the viewport stands, and letting go of it lands exactly there.
 */
export function Scrubber({
  layout,
  total,
  top,
  height,
  onTop,
}: {
  readonly layout: Layout
  readonly total: number
  readonly top: number
  /** Of the line, in pixels. */
  readonly height: number
  readonly onTop: (top: number) => void
}) {
  const line = useRef<HTMLDivElement>(null)
  const [isDragging, setDragging] = useState(false)
  /** Where the pointer is, as a share of the line. */
  const [pointed, setPointed] = useState<number | null>(null)
  const marks = useMemo(() => marksOf(layout, total, height), [layout, total, height])
  const current = sectionAt(layout, top)
  const share = isDragging && pointed !== null ? pointed : shareAt(layout, top, total)
  const shown = pointed === null ? current : sectionAtShare(layout, pointed, total)

  const point = (event: PointerEvent, goes: boolean): void => {
    const box = line.current?.getBoundingClientRect()
    if (!box) return
    const wanted = Math.min(Math.max((event.clientY - box.top) / box.height, 0), 1)
    setPointed(wanted)
    if (goes) onTop(topAtShare(layout, wanted, total))
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const target = current && targetOf(event.key, layout, current)
    if (!target) return
    event.preventDefault()
    event.stopPropagation()
    onTop(target.top)
  }

  return (
    <div
      ref={line}
      className={styles['scrubber']}
      role="slider"
      aria-orientation="vertical"
      aria-label={t('scrubber.label')}
      aria-valuemin={0}
      aria-valuemax={total}
      aria-valuenow={current?.countBefore ?? 0}
      aria-valuetext={current ? nameOf(current) : ''}
      tabIndex={0}
      data-dragging={isDragging}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        if (event.button !== 0) return
        event.currentTarget.setPointerCapture(event.pointerId)
        setDragging(true)
        point(event, true)
      }}
      onPointerMove={(event) => point(event, isDragging)}
      onPointerLeave={() => setPointed(null)}
      onPointerUp={() => setDragging(false)}
      onPointerCancel={() => setDragging(false)}
    >
      {marks.map(({ share: at, year }) =>
        year === null ? (
          <span key={at} className={styles['dot']} style={{ insetBlockStart: `${at * 100}%` }} />
        ) : (
          <span key={at} className={styles['year']} style={{ insetBlockStart: `${at * 100}%` }}>
            {year}
          </span>
        ),
      )}
      <span className={styles['thumb']} style={{ insetBlockStart: `${share * 100}%` }} />
      <span className={styles['bubble']} style={{ insetBlockStart: `${(pointed ?? share) * 100}%` }} aria-hidden="true">
        {shown ? nameOf(shown) : ''}
      </span>
    </div>
  )
}

function nameOf({ day }: Section): string {
  return day === undated ? t('timeline.undated') : `${dayName(day)} ${day.slice(0, 4)}`
}

function sectionAt(layout: Layout, top: number): Section | null {
  return within(layout.sections, top + 1, top + 1)[0] ?? layout.sections[0] ?? null
}

function shareAt(layout: Layout, top: number, total: number): number {
  const section = sectionAt(layout, top)
  if (!section || total === 0) return 0
  const inside = Math.min(Math.max((top - section.top) / section.height, 0), 1)
  return (section.countBefore + inside * section.count) / total
}

function sectionAtShare(layout: Layout, share: number, total: number): Section | null {
  const wanted = share * total
  let low = 0
  let high = layout.sections.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((layout.sections[middle]?.countBefore ?? Infinity) <= wanted) low = middle
    else high = middle - 1
  }
  return layout.sections[low] ?? null
}

function topAtShare(layout: Layout, share: number, total: number): number {
  const section = sectionAtShare(layout, share, total)
  if (!section) return 0
  const inside = section.count === 0 ? 0 : (share * total - section.countBefore) / section.count
  return section.top + inside * section.height
}

/** Arrows go by days, page keys by months. */
function targetOf(key: string, { sections }: Layout, { index, day }: Section): Section | null {
  const inOtherMonth = (each: Section): boolean => each.day.slice(0, 7) !== day.slice(0, 7)
  switch (key) {
    case 'ArrowUp':
      return sections[index - 1] ?? null
    case 'ArrowDown':
      return sections[index + 1] ?? null
    case 'PageUp':
      return sections.slice(0, index).findLast((each) => each.opensMonth && inOtherMonth(each)) ?? null
    case 'PageDown':
      return sections.slice(index + 1).find((each) => each.opensMonth) ?? null
    case 'Home':
      return sections[0] ?? null
    case 'End':
      return sections.at(-1) ?? null
    default:
      return null
  }
}

/** Years by name and months as dots, as far as there is room for them. */
function marksOf(
  layout: Layout,
  total: number,
  height: number,
): readonly { readonly share: number; readonly year: string | null }[] {
  const marks: { share: number; year: string | null }[] = []
  let year = ''
  let yearAt = -Infinity
  let dotAt = -Infinity
  for (const { day, countBefore, opensMonth } of layout.sections) {
    if (!opensMonth || day === undated) continue
    const share = countBefore / total
    const at = share * height
    if (day.slice(0, 4) !== year) {
      year = day.slice(0, 4)
      if (at - yearAt < markRoom || at > height - markRoom / 2) continue
      while (marks.at(-1)?.year === null && at - (marks.at(-1)?.share ?? 0) * height < markRoom / 2) marks.pop()
      marks.push({ share, year: yearName(day) })
      yearAt = at
      dotAt = at + markRoom / 2
    } else if (at - dotAt >= dotRoom) {
      marks.push({ share, year: null })
      dotAt = at
    }
  }
  return marks
}

function yearName(day: string): string {
  return monthName(`${day.slice(0, 7)}-01`).match(/\d{4}/)?.[0] ?? day.slice(0, 4)
}
