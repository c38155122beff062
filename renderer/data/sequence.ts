import { useEffect, useState } from 'react'
import type { PlacedTile, TimelineSpot } from './timeline.ts'

/** Photos in an order one can walk: the timeline, or a list such as an album. */
export interface PhotoSequence {
  /** The photo beside this one; null at the ends. */
  beside(spot: TimelineSpot, step: 1 | -1): Promise<PlacedTile | null>
  /** Hears of each change of the order; returns what ends that. Absent for one that never changes. */
  readonly subscribe?: (listener: () => void) => () => void
}

const each = 9

/** The photos around one, itself among them, in order; empty until they are known. */
export function useAround(sequence: PhotoSequence, spot: TimelineSpot): readonly PlacedTile[] {
  const [around, setAround] = useState<readonly PlacedTile[]>([])
  useEffect(() => {
    let isCurrent = true
    let isFound = false
    let isLooking = false
    let changes = 0
    const look = async (): Promise<void> => {
      if (isLooking || isFound) return
      isLooking = true
      let seen: number
      do {
        seen = changes
        const found = await collect(sequence, spot)
        if (!isCurrent) return
        isFound = found.some(({ day, tile }) => tile.id === spot.id && day === spot.day)
        setAround(found)
        // A photo whose date has just been changed stands elsewhere as soon as the news is here.
      } while (!isFound && changes > seen)
      isLooking = false
    }
    const stop = sequence.subscribe?.(() => {
      changes += 1
      void look()
    })
    void look()
    return () => {
      isCurrent = false
      stop?.()
    }
  }, [sequence, spot])
  return around
}

async function collect(sequence: PhotoSequence, spot: TimelineSpot): Promise<readonly PlacedTile[]> {
  const [before, after] = await Promise.all([walk(sequence, spot, -1), walk(sequence, spot, 1)])
  const [previous] = before
  const [next] = after
  const here = previous
    ? await sequence.beside(spotOf(previous), 1)
    : next
      ? await sequence.beside(spotOf(next), -1)
      : null
  return here ? [...before.toReversed(), here, ...after] : []
}

async function walk(sequence: PhotoSequence, from: TimelineSpot, step: 1 | -1): Promise<PlacedTile[]> {
  const found: PlacedTile[] = []
  let spot = from
  while (found.length < each) {
    const next = await sequence.beside(spot, step)
    if (!next) break
    found.push(next)
    spot = spotOf(next)
  }
  return found
}

export function spotOf({ day, tile }: PlacedTile): TimelineSpot {
  return { day, id: tile.id }
}
