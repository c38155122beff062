const utf8 = new TextDecoder('utf-8', { fatal: true })

/**
 * Mends a text of which every byte of UTF-8 was written as a character of its own, as exports of Instagram and Facebook do:
 * `CafÃ©` was `Café`. What is right already, or no such text, stays as it is.
 */
export function mendedText(text: string): string {
  if (!/[\x80-\xFF]/.test(text) || /[^\0-\xFF]/.test(text)) return text
  try {
    return utf8.decode(Buffer.from(text, 'latin1'))
  } catch {
    return text
  }
}

/** The same for all texts and keys of a value. Once only: a text may by chance be one that can be mended again. */
export function mended(value: unknown): unknown {
  if (typeof value === 'string') return mendedText(value)
  if (Array.isArray(value)) return value.map(mended)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [mendedText(key), mended(inner)]))
}
