import { sentenceOf } from '../../engine/client.ts'
import { restoreObjects, trashObjects, type ObjectRef } from '../../engine/trash.ts'
import { notify } from '../../parts/notices.ts'
import { remember, type Undone } from '../../parts/undo.ts'
import { say } from '../../words/say.ts'

/** Takes objects that are no photos out of the trash and says so, with the way back there. */
export async function restoreObjectsFromTrash(items: readonly ObjectRef[]): Promise<void> {
  try {
    const { sentence } = await bringBack(items)
    notify(sentence)
    remember(say('trash.restore'), () => throwAway(items))
  } catch (error) {
    notify(sentenceOf(error))
  }
}

async function bringBack(items: readonly ObjectRef[]): Promise<Undone & { readonly sentence: string }> {
  const count = await restoreObjects(items)
  const stayed = items.length - count
  const sentence =
    stayed === 0 ? say('trash.itemsRestored', { count }) : say('trash.itemsRestoredSome', { count, stayed })
  return { sentence, again: () => throwAway(items) }
}

async function throwAway(items: readonly ObjectRef[]): Promise<Undone> {
  const count = await trashObjects(items)
  return { sentence: say('trash.itemsMoved', { count }), again: () => bringBack(items) }
}
