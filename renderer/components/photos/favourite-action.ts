import { sentenceOf } from '../../data/client.ts'
import { markFavourites } from '../../data/media.ts'
import { t } from '../../messages/translate.ts'
import { notify } from '../notices.ts'
import { notifyDone, taking } from '../undo.ts'

/** Marks photos as favourites and says so, with the way back; when all of them are already, takes the mark away. */
export async function toggleFavourites(ids: readonly string[]): Promise<void> {
  try {
    const marked = await markFavourites(ids, true)
    const isMarked = marked > 0
    const count = isMarked ? marked : await markFavourites(ids, false)
    notifyDone(
      t(isMarked ? 'favourites.marked' : 'favourites.unmarked', { count }),
      t('viewer.favourite'),
      taking(
        () => markFavourites(ids, !isMarked),
        () => markFavourites(ids, isMarked),
      ),
    )
  } catch (error) {
    notify(sentenceOf(error))
  }
}
