import { useCallback } from 'react'
import type { Media, MediaEdit } from '../../../main/contract/index.ts'
import { sentenceOf } from '../../data/client.ts'
import { changeDates } from '../../data/media-edits.ts'
import { useEditMedia } from '../../data/media.ts'
import { notify } from '../../components/notices.ts'
import { notifyDone, taking } from '../../components/undo.ts'

/** Changes what a person says of a photo, says so, and offers the way back. `name` is what is changed. */
export function useChange(media: Media): (edit: MediaEdit, name: string, sentence: string) => void {
  const { mutateAsync } = useEditMedia()
  return useCallback(
    (edit, name, sentence) => {
      const { id } = media
      const forth = (): Promise<unknown> => mutateAsync({ id, edit })
      // A date that nobody had changed is as it came again, with where it was from.
      const isFirstDate = edit.takenLocal !== undefined && media.takenSource !== 'user'
      const back = (): Promise<unknown> =>
        isFirstDate ? changeDates([id], { to: 'imported' }) : mutateAsync({ id, edit: before(media, edit) })
      // The photo may have left the screen before the answer comes.
      forth().then(
        () => notifyDone(sentence, name, taking(back, forth)),
        (error: unknown) => notify(sentenceOf(error)),
      )
    },
    [media, mutateAsync],
  )
}

function before(media: Media, edit: MediaEdit): MediaEdit {
  const { rating, description, isFavorite, takenLocal, utcOffsetMinutes } = media
  return {
    ...(edit.rating !== undefined && { rating }),
    ...(edit.description !== undefined && { description }),
    ...(edit.isFavorite !== undefined && { isFavorite }),
    ...(edit.takenLocal !== undefined && { takenLocal, utcOffsetMinutes }),
  }
}
