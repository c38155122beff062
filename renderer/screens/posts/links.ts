/** A part of a text: plain, or a web address. */
export interface Piece {
  readonly text: string
  readonly url: string | null
}

const address = /https?:\/\/[^\s<>"“”]+/gi
/** What ends a sentence rather than an address. */
const trailing = /[.,;:!?'’)\]}…]+$/

/** A text cut at its web addresses. A bracket that the address itself opened stays with it. */
export function piecesOf(text: string): readonly Piece[] {
  const pieces: Piece[] = []
  let end = 0
  for (const { 0: found, index } of text.matchAll(address)) {
    const url = withoutTail(found)
    if (!isAddress(url)) continue
    if (index > end) pieces.push({ text: text.slice(end, index), url: null })
    pieces.push({ text: url, url })
    end = index + url.length
  }
  if (end < text.length) pieces.push({ text: text.slice(end), url: null })
  return pieces
}

function isAddress(url: string): boolean {
  try {
    return new URL(url).hostname !== ''
  } catch {
    // Two slashes and nothing that could be a host.
    return false
  }
}

function withoutTail(found: string): string {
  const tail = trailing.exec(found)?.[0] ?? ''
  const short = found.slice(0, found.length - tail.length)
  return tail.startsWith(')') && short.includes('(') ? `${short})` : short
}
