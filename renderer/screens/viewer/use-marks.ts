import type { Media } from '../../../main/contract/index.ts'
import { sentenceOf } from '../../data/client.ts'
import { useEditMedia } from '../../data/media.ts'
import { notify } from '../../components/notices.ts'
import { notifyDone, remember, taking } from '../../components/undo.ts'
import { t } from '../../messages/translate.ts'

export interface Marks {
  /** Gives a photo its stars; 0 takes them away. */
  readonly rate: (media: Media, stars: number) => void
  /** Makes it a favourite, or no longer. It shows on its button, so nothing is said. */
  readonly favour: (media: Media) => void
}

/** What a key says of a photo at once, with the way back. */
export function useMarks(): Marks {
  const edit = useEditMedia()
  const failed = (error: unknown): void => void notify(sentenceOf(error))
  return {
    rate({ id, rating }, stars) {
      const set = (to: number | null) => (): Promise<unknown> => edit.mutateAsync({ id, edit: { rating: to } })
      const forth = set(stars === 0 ? null : stars)
      forth().then(
        () => notifyDone(t('viewer.rated', { stars }), t('viewer.rating'), taking(set(rating), forth)),
        failed,
      )
    },
    favour({ id, isFavorite }) {
      const set = (to: boolean) => (): Promise<unknown> => edit.mutateAsync({ id, edit: { isFavorite: to } })
      const forth = set(!isFavorite)
      forth().then(() => void remember(t('viewer.favourite'), taking(set(isFavorite), forth)), failed)
    },
  }
}
