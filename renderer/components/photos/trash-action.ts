import { sentenceOf } from '../../data/client.ts'
import { restoreMedia, trashMedia } from '../../data/trash.ts'
import { t } from '../../messages/translate.ts'
import { notify } from '../notices.ts'
import { createTrashRound } from '../trash-round.ts'
import { notifyDone } from '../undo.ts'

const photos = createTrashRound<string>({
  trash: trashMedia,
  restore: restoreMedia,
  words: { moved: 'trash.moved', restored: 'trash.restored', restoredSome: 'trash.restoredSome' },
})

/** Moves photos to the trash and says so, with the way back; a failure is said as well. */
export async function moveToTrash(ids: readonly string[], onMoved: () => void): Promise<void> {
  try {
    const { sentence } = await photos.throwAway(ids)
    onMoved()
    notifyDone(sentence, t('trash.move'), () => photos.bringBack(ids))
  } catch (error) {
    notify(sentenceOf(error))
  }
}

/** Takes photos out of the trash and says so, with the way back there. */
export const restoreFromTrash = (ids: readonly string[]): Promise<void> => photos.restore(ids)
