import { useCallback } from 'react'
import type { Media, MediaEdit } from '../../../main/contract/index.ts'
import { sentenceOf } from '../../engine/client.ts'
import { useEditMedia } from '../../engine/media.ts'
import { notify } from '../../parts/notices.ts'
import { say } from '../../words/say.ts'

/** Changes what a person says of a photo, says so, and offers the way back. */
export function useChange(media: Media): (edit: MediaEdit, sentence: string) => void {
  const { mutateAsync } = useEditMedia()
  return useCallback(
    (edit, sentence) => {
      const { id } = media
      const back = before(media, edit)
      const failed = (error: unknown): void => notify(sentenceOf(error))
      // The photo may have left the screen before the answer comes.
      mutateAsync({ id, edit }).then(
        () =>
          notify(sentence, {
            name: say('undo'),
            run: () => void mutateAsync({ id, edit: back }).catch(failed),
          }),
        failed,
      )
    },
    [media, mutateAsync],
  )
}

function before(media: Media, edit: MediaEdit): MediaEdit {
  const { rating, description, takenLocal, utcOffsetMinutes } = media
  return {
    ...(edit.rating !== undefined && { rating }),
    ...(edit.description !== undefined && { description }),
    ...(edit.takenLocal !== undefined && { takenLocal, utcOffsetMinutes }),
  }
}
