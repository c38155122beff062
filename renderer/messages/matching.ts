import { folded, isSpelt } from '../../main/contract/index.ts'

/** Those whose name holds every word of a text, in whatever case and spelling; what is typed may be a part of a word. */
export function matching<Named>(all: readonly Named[], text: string, nameOf: (one: Named) => string): readonly Named[] {
  const words = text.split(/\s+/).filter(Boolean)
  if (words.length === 0) return all
  return all.filter((one) => {
    const name = nameOf(one)
    const parts = name.split(/[\s_-]+/)
    return words.every((word) => folded(name).includes(folded(word)) || parts.some((part) => isSpelt(part, word, true)))
  })
}
