import { sentenceOf } from '../../engine/client.ts'
import { restoreMedia, trashMedia } from '../../engine/trash.ts'
import { say } from '../../words/say.ts'
import { notify } from '../notices.ts'
import { notifyDone, remember, type Undone } from '../undo.ts'

/** Moves photos to the trash and says so, with the way back; a failure is said as well. */
export async function moveToTrash(ids: readonly string[], onMoved: () => void): Promise<void> {
  try {
    const count = await trashMedia(ids)
    onMoved()
    notifyDone(say('trash.moved', { count }), say('trash.move'), () => bringBack(ids))
  } catch (error) {
    notify(sentenceOf(error))
  }
}

/** Takes photos out of the trash and says so, with the way back there. */
export async function restoreFromTrash(ids: readonly string[]): Promise<void> {
  try {
    const { sentence } = await bringBack(ids)
    notify(sentence)
    remember(say('trash.restore'), () => throwAway(ids))
  } catch (error) {
    notify(sentenceOf(error))
  }
}

async function bringBack(ids: readonly string[]): Promise<Undone & { readonly sentence: string }> {
  const count = await restoreMedia(ids)
  const stayed = ids.length - count
  const sentence = stayed === 0 ? say('trash.restored', { count }) : say('trash.restoredSome', { count, stayed })
  return { sentence, again: () => throwAway(ids) }
}

async function throwAway(ids: readonly string[]): Promise<Undone> {
  const count = await trashMedia(ids)
  return { sentence: say('trash.moved', { count }), again: () => bringBack(ids) }
}
