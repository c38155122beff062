import { sentenceOf } from '../data/client.ts'
import { t, type MessageKey } from '../messages/translate.ts'
import { notify } from './notices.ts'
import { remember, type Undone } from './undo.ts'

/** Moving things of one sort to the trash and taking them out again, each of which undoes the other. */
export interface TrashRound<T> {
  throwAway(things: readonly T[]): Promise<Undone & { readonly sentence: string }>
  bringBack(things: readonly T[]): Promise<Undone & { readonly sentence: string }>
  /** Takes things out of the trash and says so, with the way back there; a failure is said as well. */
  restore(things: readonly T[]): Promise<void>
}

/** `trash` and `restore` answer how many moved; what stays in the trash is said. */
export function createTrashRound<T>(given: {
  readonly trash: (things: readonly T[]) => Promise<number>
  readonly restore: (things: readonly T[]) => Promise<number>
  readonly words: Readonly<Record<'moved' | 'restored' | 'restoredSome', MessageKey>>
}): TrashRound<T> {
  const { words } = given
  const round: TrashRound<T> = {
    async throwAway(things) {
      const count = await given.trash(things)
      return { sentence: t(words.moved, { count }), again: () => round.bringBack(things) }
    },
    async bringBack(things) {
      const count = await given.restore(things)
      const stayed = things.length - count
      const sentence = stayed === 0 ? t(words.restored, { count }) : t(words.restoredSome, { count, stayed })
      return { sentence, again: () => round.throwAway(things) }
    },
    async restore(things) {
      try {
        const { sentence } = await round.bringBack(things)
        notify(sentence)
        remember(t('trash.restore'), () => round.throwAway(things))
      } catch (error) {
        notify(sentenceOf(error))
      }
    },
  }
  return round
}
