/** What a passphrase is sealed as: what looks alike is alike, whichever keyboard or file it came from. */
export function sealedForm(passphrase: string): string {
  return passphrase.normalize('NFC')
}

/**
 * What a passphrase may have been sealed as, the likeliest first: in the one form, as it was typed, decomposed as macOS
 * may write it, and as early versions of Coffer read it from files they took for UTF-8.
 */
export function openingForms(typed: string): readonly string[] {
  const composed = sealedForm(typed)
  return [...new Set([composed, typed, typed.normalize('NFD'), ...misread(composed)])]
}

const mark = '\uFEFF'

/** A byte order mark that stayed; UTF-16 as Windows writes it, up to the byte of the line feed; Latin-1. */
function misread(text: string): string[] {
  const wide = (line: string): string => Buffer.from(mark + line, 'utf16le').toString('utf8')
  const isLatin = /^[\0-\u00FF]*$/.test(text)
  return [
    mark + text,
    wide(`${text}\r`),
    wide(text),
    ...(isLatin ? [Buffer.from(text, 'latin1').toString('utf8')] : []),
  ]
}
