import type { Album } from '../../../main/contract/index.ts'
import { locale } from '../../words/locale.ts'

/** Albums whose name holds every word of a text, in whatever case and with or without accents. */
export function matching(albums: readonly Album[], text: string): readonly Album[] {
  const words = plain(text).split(/\s+/).filter(Boolean)
  return words.length === 0 ? albums : albums.filter(({ name }) => words.every((word) => plain(name).includes(word)))
}

function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase(locale)
}
