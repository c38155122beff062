import { useState, type DragEvent, type RefObject } from 'react'
import { carriedPhotos, carryPhotos, holdsPhotos, isWithin } from './carry.ts'
import { followerOutside, gapAt, stepOf, type Gap } from './order.ts'
import type { Row } from './rows.ts'
import type { Chosen } from './selection.ts'

export interface PhotoOrder {
  /** Where photos would come to lie if they were dropped now. */
  readonly gapOver: Gap | null
  readonly handlers: {
    onDragStart(event: DragEvent): void
    onDragOver(event: DragEvent): void
    onDragLeave(event: DragEvent): void
    onDragEnd(): void
    onDrop(event: DragEvent): void
  }
  /** One step by hand for the photo and what is chosen with it; false when there is no such step. */
  readonly stepBy: (id: string, key: string) => boolean
}

/** Photos of a list are carried away and, with `onMove`, put in order by hand. */
export function usePhotoOrder(
  content: RefObject<HTMLElement | null>,
  tiles: readonly { readonly id: string }[],
  rows: readonly Row[],
  chosen: Chosen,
  onMove: ((ids: readonly string[], before: string | null) => void) | undefined,
): PhotoOrder {
  const [gapOver, setGapOver] = useState<Gap | null>(null)

  /** The chosen photos when this is one of them, in the order of the list. */
  const carriedWith = (id: string): readonly string[] =>
    chosen.has(id) ? tiles.filter((tile) => chosen.has(tile.id)).map((tile) => tile.id) : [id]
  const gapUnder = (event: DragEvent): Gap | null => {
    const box = content.current?.getBoundingClientRect()
    return box ? gapAt(rows, event.clientX - box.left, event.clientY - box.top) : null
  }
  return {
    gapOver,
    handlers: {
      onDragStart(event) {
        const id = event.target instanceof HTMLElement ? event.target.dataset['tile'] : undefined
        if (id !== undefined) carryPhotos(event, carriedWith(id))
      },
      onDragOver(event) {
        if (!onMove || !holdsPhotos(event)) return
        event.preventDefault()
        event.stopPropagation()
        event.dataTransfer.dropEffect = 'move'
        const gapHere = gapUnder(event)
        if (gapHere?.before !== gapOver?.before || gapHere?.left !== gapOver?.left) setGapOver(gapHere)
      },
      onDragLeave(event) {
        if (!isWithin(event)) setGapOver(null)
      },
      onDragEnd: () => setGapOver(null),
      onDrop(event) {
        setGapOver(null)
        const gapHere = gapUnder(event)
        if (!onMove || !gapHere || !holdsPhotos(event)) return
        event.preventDefault()
        event.stopPropagation()
        const present = new Set(tiles.map(({ id }) => id))
        const ids = carriedPhotos(event).filter((id) => present.has(id))
        if (ids.length > 0) onMove(ids, followerOutside(tiles, gapHere.before, ids))
      },
    },
    stepBy(id, key) {
      if (!onMove) return false
      const ids = carriedWith(id)
      const before = stepOf(tiles, ids, key)
      if (before === undefined) return false
      onMove(ids, before)
      return true
    },
  }
}
