/** How hard a passphrase is to guess: 0 is told at once, 4 is out of reach. */
export type Strength = 0 | 1 | 2 | 3 | 4

const wordBits = 13
const limits = [28, 40, 52, 72] as const

/**
 * A careful estimate without a dictionary. What can be spoken is taken for a word that is on a list, digits for a date or
 * a count, and repetitions and runs such as “aaa” or “1234” for next to nothing.
 */
export function strengthOf(passphrase: string): Strength {
  const bits = bitsOf(passphrase)
  return limits.filter((limit) => bits >= limit).length as Strength
}

function bitsOf(passphrase: string): number {
  const parts = passphrase.match(/\p{L}+|\d+|\s+|[^\p{L}\d\s]+/gu) ?? []
  const seen = new Set<string>()
  let bits = 0
  for (const part of parts) {
    if (/^\s/.test(part)) continue
    const known = part.toLowerCase()
    bits += seen.has(known) ? 1 : bitsOfPart(part)
    seen.add(known)
  }
  return bits
}

function bitsOfPart(part: string): number {
  const fresh = freshCharacters(part)
  if (/^\d/.test(part)) return fresh * 3.3
  if (!/^\p{L}/u.test(part)) return fresh * 4
  const byLetters = fresh * (/\p{Ll}/u.test(part) && /\p{Lu}/u.test(part.slice(1)) ? 5.7 : 4.7)
  return isSpeakable(part.toLowerCase()) ? Math.min(byLetters, wordBits * Math.ceil(part.length / 9)) : byLetters
}

/** Characters that neither repeat nor follow the one before them. */
function freshCharacters(part: string): number {
  let fresh = 0
  let last = -9
  for (const character of part.toLowerCase()) {
    const code = character.codePointAt(0) ?? 0
    fresh += Math.abs(code - last) <= 1 ? 0.2 : 1
    last = code
  }
  return fresh
}

function isSpeakable(letters: string): boolean {
  const vowels = letters.match(/[aeiouyäöüàáâèéêíóôú]/g)?.length ?? 0
  return vowels / letters.length >= 0.2 && !/[^aeiouyäöüàáâèéêíóôú]{5}/.test(letters)
}
