import { useEffect, useState } from 'react'
import type { TimelineSpot } from '../../data/timeline.ts'
import { useSelection, type Chosen, type SelectionActions, type SpotSource } from './selection.ts'

/** The chosen photos of a list that is here already, whose photos belong to no day. */
export function useListSelection(tiles: readonly { readonly id: string }[]): {
  readonly chosen: Chosen
  readonly actions: SelectionActions
} {
  const [list] = useState(() => new PhotoList())
  useEffect(() => list.show(tiles), [list, tiles])
  return useSelection(list)
}

class PhotoList implements SpotSource {
  #spots: readonly TimelineSpot[] = []

  show(tiles: readonly { readonly id: string }[]): void {
    this.#spots = tiles.map(({ id }) => ({ day: '', id }))
  }

  everything = (): Promise<readonly TimelineSpot[]> => Promise.resolve(this.#spots)

  wholeDay = (): Promise<readonly TimelineSpot[]> => this.everything()

  between = (one: TimelineSpot, other: TimelineSpot): Promise<readonly TimelineSpot[]> => {
    const places = [one, other].map((end) => this.#spots.findIndex(({ id }) => id === end.id))
    return Promise.resolve(this.#spots.slice(Math.max(Math.min(...places), 0), Math.max(...places) + 1))
  }
}
