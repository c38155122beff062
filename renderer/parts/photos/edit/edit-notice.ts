import type { Edited } from '../../../../main/contract/index.ts'
import { sentenceOf } from '../../../engine/client.ts'
import { undoEdit } from '../../../engine/media-edits.ts'
import { say, type MessageKey } from '../../../words/say.ts'
import { notify } from '../../notices.ts'

/** Runs a change of many photos and says how many it changed, with the way back. Answers whether it went well. */
export async function changeAndSay(change: Promise<Edited>, sentence: MessageKey): Promise<boolean> {
  try {
    const edited = await change
    const name = edited.change
    notify(
      say(sentence, { count: edited.changed }),
      name === null
        ? undefined
        : {
            name: say('undo'),
            run: () => void undoEdit(name).catch((error: unknown) => notify(sentenceOf(error))),
          },
    )
    return true
  } catch (error) {
    notify(sentenceOf(error))
    return false
  }
}
