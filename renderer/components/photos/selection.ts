import { useMemo, useState } from 'react'
import type { TimelineSpot } from '../../data/timeline.ts'

/** Day by photo id, in the order they were chosen. */
export type Chosen = ReadonlyMap<string, string>

/** Where ranges come from: the timeline, or a list. */
export interface SpotSource {
  readonly between: (one: TimelineSpot, other: TimelineSpot) => Promise<readonly TimelineSpot[]>
  readonly wholeDay: (day: string) => Promise<readonly TimelineSpot[]>
  readonly everything: () => Promise<readonly TimelineSpot[]>
}

export interface SelectionActions {
  /** One photo more or less; ranges start here afterwards. */
  readonly toggle: (spot: TimelineSpot) => void
  /** Everything from the last photo that was chosen to this one. */
  readonly extendTo: (spot: TimelineSpot) => void
  /** The whole day, or none of it when all of it was chosen. */
  readonly toggleDay: (day: string, count: number) => void
  /** The whole of this day; the whole timeline when the day was chosen already. */
  readonly widen: (day: string, count: number) => void
  readonly replace: (chosen: Chosen) => void
  readonly clear: () => void
}

const none: Chosen = new Map()

export function countOfDay(chosen: Chosen, day: string): number {
  let count = 0
  for (const each of chosen.values()) if (each === day) count += 1
  return count
}

export function withSpots(chosen: Chosen, spots: Iterable<TimelineSpot>): Chosen {
  const more = new Map(chosen)
  for (const { id, day } of spots) more.set(id, day)
  return more
}

/** The chosen photos. The actions stay the same, so that tiles need not be drawn again for them. */
export function useSelection(source: SpotSource): { readonly chosen: Chosen; readonly actions: SelectionActions } {
  const [chosen, setChosen] = useState(none)
  const actions = useMemo(() => createSelection(source, setChosen), [source])
  return { chosen, actions }
}

function createSelection(source: SpotSource, show: (chosen: Chosen) => void): SelectionActions {
  let chosen = none
  let start: TimelineSpot | null = null

  const set = (wanted: Chosen): void => {
    chosen = wanted
    show(wanted)
  }
  const addLater = async (spots: Promise<readonly TimelineSpot[]>): Promise<void> => {
    const found = await spots
    set(withSpots(chosen, found))
  }
  return {
    toggle(spot) {
      start = spot
      const fewer = new Map(chosen)
      set(fewer.delete(spot.id) ? fewer : withSpots(chosen, [spot]))
    },
    extendTo: (spot) => void addLater(start ? source.between(start, spot) : Promise.resolve([spot])),
    toggleDay(day, count) {
      if (countOfDay(chosen, day) < count) void addLater(source.wholeDay(day))
      else set(new Map([...chosen].filter((each) => each[1] !== day)))
    },
    widen(day, count) {
      void addLater(countOfDay(chosen, day) < count ? source.wholeDay(day) : source.everything())
    },
    replace: set,
    clear() {
      start = null
      set(none)
    },
  }
}
