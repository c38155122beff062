import { sentenceOf } from '../../engine/client.ts'
import { markFavourites } from '../../engine/media.ts'
import { say } from '../../words/say.ts'
import { notify } from '../notices.ts'

/** Marks photos as favourites and says so, with the way back; when all of them are already, takes the mark away. */
export async function toggleFavourites(ids: readonly string[]): Promise<void> {
  try {
    const marked = await markFavourites(ids, true)
    const isMarked = marked > 0
    const count = isMarked ? marked : await markFavourites(ids, false)
    notify(say(isMarked ? 'favourites.marked' : 'favourites.unmarked', { count }), {
      name: say('undo'),
      run: () => void markFavourites(ids, !isMarked).catch((error: unknown) => notify(sentenceOf(error))),
    })
  } catch (error) {
    notify(sentenceOf(error))
  }
}
