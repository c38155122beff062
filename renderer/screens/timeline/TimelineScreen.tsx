import { useCallback, useRef, type MouseEvent } from 'react'
import type { Tile } from '../../../main/contract/index.ts'
import { sentenceOf } from '../../data/client.ts'
import { usePreferences } from '../../data/preferences.ts'
import { usePostDays } from '../../data/post-days.ts'
import type { PhotoSequence } from '../../data/sequence.ts'
import { undated, useTimeline, type TimelineSpot, type TimelineStore } from '../../data/timeline.ts'
import { carryPhotos } from '../../components/photos/carry.ts'
import { Marquee } from '../../components/photos/Marquee.tsx'
import { useSelection } from '../../components/photos/selection.ts'
import { SelectionBar } from '../../components/photos/SelectionBar.tsx'
import { useEscape } from '../../components/photos/use-escape.ts'
import { useMarqueeSelection } from '../../components/photos/use-marquee-selection.ts'
import { within } from '../../components/photos/within.ts'
import { Problem } from '../../components/Problem.tsx'
import { month as monthName } from '../../messages/format.ts'
import { t } from '../../messages/translate.ts'
import { DaySection } from './DaySection.tsx'
import type { Layout, Section } from './layout.ts'
import { OnThisDay } from './OnThisDay.tsx'
import { findTile, tilesIn } from './places.ts'
import { Scrubber } from './Scrubber.tsx'
import { TimelineEmpty } from './TimelineEmpty.tsx'
import { TimelineToolbar } from './TimelineToolbar.tsx'
import { useTimelineFocus } from './use-timeline-focus.ts'
import { useTimelineKeys } from './use-timeline-keys.ts'
import { useTimelineView } from './use-timeline-view.ts'
import { useWheelZoom } from './use-wheel-zoom.ts'
import styles from './TimelineScreen.module.css'

/** All photos, day by day, the newest first. */
export function TimelineScreen({
  store,
  onView,
  returnTo,
  hrefOfPosts,
  onImport,
}: {
  readonly store: TimelineStore
  readonly onView: (sequence: PhotoSequence, first: TimelineSpot) => void
  /** The tile that gets the focus back when the viewer closes. */
  readonly returnTo: TimelineSpot | null
  /** The posts of a day. */
  readonly hrefOfPosts: (day: string) => string
  readonly onImport: (kind: 'folders' | 'files') => void
}) {
  const onOpen = useCallback((spot: TimelineSpot) => onView(store, spot), [onView, store])
  const timeline = useTimeline(store)
  const { rowHeight } = usePreferences()
  const selection = useSelection(store)
  const { chosen, actions } = selection
  useEscape(chosen.size > 0, actions.clear)
  const scroller = useRef<HTMLDivElement>(null)
  const content = useRef<HTMLDivElement>(null)
  const isEmpty = timeline.status === 'ready' && timeline.total === 0
  const scrollerKey = `${isEmpty} ${timeline.status}`
  const view = useTimelineView(store, timeline, rowHeight, scroller, scrollerKey)
  const { layout, scrollTop, visible } = view
  const postDays = usePostDays(monthsOf(visible))
  const focus = useTimelineFocus(timeline.days, view, scroller, returnTo)
  const { focused, moveFocus } = focus
  const onKeyDown = useTimelineKeys(scroller, selection, view, focus, rowHeight)
  useWheelZoom(scroller, rowHeight, scrollerKey)
  const marquee = useMarqueeSelection(scroller, content, selection, (rectangle) =>
    layout ? tilesIn(layout, rectangle).map(({ day, tile }) => ({ day, id: tile.id })) : [],
  )

  const { toggle, extendTo, toggleDay } = actions
  const isChoosing = chosen.size > 0
  const press = useCallback(
    (day: string, tile: Tile, event: MouseEvent) => {
      const spot = { day, id: tile.id }
      // Enter presses without a pointer, and opens whatever is chosen.
      if (event.detail === 0) onOpen(spot)
      else if (event.shiftKey) extendTo(spot)
      else if (event.ctrlKey || event.metaKey || isChoosing) toggle(spot)
      else onOpen(spot)
    },
    [onOpen, extendTo, toggle, isChoosing],
  )
  const check = useCallback(
    (day: string, id: string, event: MouseEvent) => {
      if (event.shiftKey) extendTo({ day, id })
      else toggle({ day, id })
      moveFocus({ day, id })
    },
    [extendTo, toggle, moveFocus],
  )

  if (timeline.status === 'failed') {
    return (
      <div className={styles['problem']}>
        <Problem sentence={sentenceOf(timeline.error)} onRetry={() => store.invalidate()} />
      </div>
    )
  }
  if (isEmpty) return <TimelineEmpty onImport={onImport} />

  const focusedPlace = focused && layout && findTile(layout, focused)
  const tabStop = focusedPlace?.box.tile.id ?? visible.find((each) => each.rows.length > 0)?.rows[0]?.boxes[0]?.tile.id
  return (
    <section className={styles['timeline']} aria-label={t('nav.timeline')} onKeyDown={onKeyDown}>
      <div className={styles['head']}>
        {isChoosing ? (
          <SelectionBar chosen={chosen} onClear={actions.clear} />
        ) : (
          <TimelineToolbar
            place={placeName(layout, scrollTop)}
            days={timeline.days}
            rowHeight={rowHeight}
            onDay={focus.goToDay}
          />
        )}
      </div>
      <div
        ref={scroller}
        className={styles['scroller']}
        tabIndex={-1}
        role="group"
        aria-label={t('timeline.grid')}
        aria-busy={timeline.status === 'loading'}
        onScroll={(event) => view.noteScroll(event.currentTarget.scrollTop)}
        onDragStart={(event) => carryPhotos(event, [...chosen.keys()])}
        {...marquee.handlers}
      >
        <div ref={content} className={styles['content']} style={{ height: layout?.height ?? 0 }}>
          {view.memories.length > 0 && <OnThisDay days={view.memories} today={view.today} onOpen={onOpen} />}
          {visible.map((section) => (
            <DaySection
              key={section.day}
              section={section}
              from={view.from}
              to={view.to}
              tabStop={tabStop}
              chosen={chosen}
              posts={postDays.get(section.day) ?? 0}
              hrefOfPosts={hrefOfPosts}
              onPress={press}
              onCheck={check}
              onFocus={focus.noteFocus}
              onToggleDay={toggleDay}
            />
          ))}
          {marquee.rectangle && <Marquee rectangle={marquee.rectangle} />}
        </div>
      </div>
      {layout && (
        <Scrubber
          layout={layout}
          total={timeline.total}
          top={scrollTop}
          height={view.viewport.height}
          onTop={view.scrollTo}
        />
      )}
    </section>
  )
}

/** The months of what is in view. */
function monthsOf(sections: readonly Section[]): readonly string[] {
  return [...new Set(sections.flatMap(({ day }) => (day === undated ? [] : day.slice(0, 7))))]
}

/** The month at the top of the viewport. */
function placeName(layout: Layout | null, top: number): string {
  const section = layout && within(layout.sections, top + 1, top + 1)[0]
  if (!section || top <= 0) return t('nav.timeline')
  return section.day === undated ? t('timeline.undated') : monthName(`${section.day.slice(0, 7)}-01`)
}
