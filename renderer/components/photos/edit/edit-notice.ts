import type { Edited } from '../../../../main/contract/index.ts'
import { sentenceOf } from '../../../data/client.ts'
import { undoEdit } from '../../../data/media-edits.ts'
import { t, type MessageKey } from '../../../messages/translate.ts'
import { notify } from '../../notices.ts'
import { notifyDone, type Back } from '../../undo.ts'

const names = { 'dates.changed': 'dates.edit', 'places.changed': 'places.edit' } as const satisfies Partial<
  Record<MessageKey, MessageKey>
>

/** Runs a change of many photos and says how many it changed, with the way back. Answers whether it went well. */
export async function changeAndSay(change: Promise<Edited>, sentence: keyof typeof names): Promise<boolean> {
  try {
    const edited = await change
    const said = t(sentence, { count: edited.changed })
    if (edited.change === null) notify(said)
    else notifyDone(said, t(names[sentence]), backFrom(edited.change))
    return true
  } catch (error) {
    notify(sentenceOf(error))
    return false
  }
}

/** Taking back a change of photos is a change too, with a name of its own. */
export function backFrom(change: string): Back {
  return async () => {
    const undone = await undoEdit(change)
    return { again: undone.change === null ? null : backFrom(undone.change) }
  }
}
