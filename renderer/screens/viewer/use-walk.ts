import { useCallback, useEffect, useState } from 'react'
import { pictureUrl, useMedia } from '../../data/media.ts'
import { spotOf, useAround, type PhotoSequence } from '../../data/sequence.ts'
import { undated, type PlacedTile, type TimelineSpot } from '../../data/timeline.ts'

export interface Walk {
  readonly spot: TimelineSpot
  readonly media: ReturnType<typeof useMedia>
  /** The photos around it, in order, and its place among them; -1 until they are known. */
  readonly around: readonly PlacedTile[]
  readonly at: number
  readonly goTo: (spot: TimelineSpot) => void
  /** One photo on or back; false at the ends. */
  readonly move: (step: 1 | -1) => Promise<boolean>
}

/** The photo that is shown, and the way through the sequence it was opened from. `onGo` is told before another is shown. */
export function useWalk(sequence: PhotoSequence, first: TimelineSpot, onGo: () => void): Walk {
  const [spot, setSpot] = useState(first)
  const media = useMedia(spot.id)
  const around = useAround(sequence, spot)
  const at = around.findIndex(({ tile }) => tile.id === spot.id)
  // A date that was changed moves the photo to another day; a list that knows no days is not concerned.
  const day = media.data?.takenLocal?.slice(0, 10) ?? undated
  if (media.data?.id === spot.id && spot.day !== '' && spot.day !== day) setSpot({ day, id: spot.id })

  const goTo = useCallback(
    (to: TimelineSpot) => {
      onGo()
      setSpot(to)
    },
    [onGo],
  )
  const move = useCallback(
    async (step: 1 | -1): Promise<boolean> => {
      const next = await sequence.beside(spot, step)
      if (next) goTo(spotOf(next))
      return next !== null
    },
    [sequence, spot, goTo],
  )

  // Neighbours are fetched ahead, so that an arrow shows them at once.
  useEffect(() => {
    for (const step of [1, -1]) {
      const tile = around[at + step]?.tile
      if (at >= 0 && tile?.hasThumbnail) new Image().src = pictureUrl(tile.id, 'viewer')
    }
  }, [around, at])
  return { spot, media, around, at, goTo, move }
}
