import { sentenceOf } from '../../engine/client.ts'
import { restoreMedia, trashMedia } from '../../engine/trash.ts'
import { say } from '../../words/say.ts'
import { notify } from '../notices.ts'

/** Moves photos to the trash and says so, with the way back; a failure is said as well. */
export async function moveToTrash(ids: readonly string[], onMoved: () => void): Promise<void> {
  try {
    const count = await trashMedia(ids)
    onMoved()
    notify(say('trash.moved', { count }), { name: say('undo'), run: () => void restoreFromTrash(ids) })
  } catch (error) {
    notify(sentenceOf(error))
  }
}

/** Takes photos out of the trash and says so. */
export async function restoreFromTrash(ids: readonly string[]): Promise<void> {
  try {
    const count = await restoreMedia(ids)
    const stayed = ids.length - count
    notify(stayed === 0 ? say('trash.restored', { count }) : say('trash.restoredSome', { count, stayed }))
  } catch (error) {
    notify(sentenceOf(error))
  }
}
