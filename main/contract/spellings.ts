const marks = /[\u0300-\u036f]/g
const letters: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  ħ: 'h',
  þ: 'th',
  ŧ: 't',
  ı: 'i',
  '’': `'`,
}
const umlauts: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', ø: 'oe', å: 'aa' }

/** A text in small letters without accents, as words are compared; `core.folded` of the database does the same. */
export function folded(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFD')
    .replace(marks, '')
    .replace(/[ßæœøłđðħþŧı’]/g, (letter) => letters[letter] ?? letter)
    .normalize('NFC')
}

/** The ways a word may be spelt in an index: `müller` is also `mueller` and `mueller` also `muller`. */
export function spellings(word: string): readonly string[] {
  const plain = folded(word)
  return [...new Set([...typedSpellings(word), drawnIn(plain)])]
}

/** The ways a word is looked for whose end may still be missing. */
export function typedSpellings(word: string): readonly string[] {
  const spelt = word
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[äöüøå]/g, (letter) => umlauts[letter] ?? letter)
  return [...new Set([folded(word), folded(spelt)])]
}

function drawnIn(plain: string): string {
  return plain.replace(/ae|oe|ue|aa/g, ([first = '']) => first)
}

/** Whether a word of a name is what somebody types, in whatever spelling; its end may be missing where that is allowed. */
export function isSpelt(name: string, typed: string, mayGoOn: boolean): boolean {
  const known = spellings(name)
  return (
    spellings(typed).some((each) => known.includes(each)) ||
    (mayGoOn && typedSpellings(typed).some((each) => known.some((one) => one.startsWith(each))))
  )
}
