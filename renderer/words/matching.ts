import { locale } from './locale.ts'

/** Those whose name holds every word of a text, in whatever case and with or without accents. */
export function matching<Named>(all: readonly Named[], text: string, nameOf: (one: Named) => string): readonly Named[] {
  const words = plain(text).split(/\s+/).filter(Boolean)
  if (words.length === 0) return all
  return all.filter((one) => words.every((word) => plain(nameOf(one)).includes(word)))
}

function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase(locale)
}
