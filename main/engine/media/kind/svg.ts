/**
 * True when a text is a drawing: an `svg` element stands first, behind what XML allows before it. One pass over the text,
 * whatever it holds.
 */
export function looksLikeSvg(head: Uint8Array): boolean {
  const text = Buffer.from(head).toString('utf8')
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0
  for (;;) {
    at = afterBlanks(text, at)
    if (text.startsWith('<!--', at)) at = after(text, '-->', at + 4)
    else if (text.startsWith('<?', at)) at = after(text, '?>', at + 2)
    else if (/^<!doctype svg/i.test(text.slice(at, at + 13))) at = afterDoctype(text, at)
    else break
    if (at < 0) return false
  }
  return /^<(svg:)?svg[\s/>]/i.test(text.slice(at, at + 9))
}

function afterBlanks(text: string, from: number): number {
  let at = from
  while (at < text.length && /\s/.test(text[at] ?? '')) at += 1
  return at
}

/** Where the text goes on behind a mark; −1 when the mark does not come. */
function after(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from)
  return at < 0 ? -1 : at + mark.length
}

/** A document type may hold declarations of its own in brackets. */
function afterDoctype(text: string, from: number): number {
  const end = text.indexOf('>', from)
  const bracket = text.indexOf('[', from)
  if (bracket < 0 || bracket > end) return end < 0 ? -1 : end + 1
  const closed = text.indexOf(']', bracket)
  return closed < 0 ? -1 : after(text, '>', closed)
}
