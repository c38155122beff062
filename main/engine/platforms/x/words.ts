import { escapedLines, link } from '../html.ts'
import { textOf } from '../shape.ts'

const entities: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
}

const escapes = /&(?:amp|lt|gt|quot|#39);/g

/**
 * A tweet's text and HTML. In an archive it is escaped as for HTML, once, and its links are short ones: they become what they
 * stand for. Those that stand for its own media go.
 */
export function wordsOf(
  written: string,
  addresses: ReadonlyMap<string, string>,
  media: readonly { readonly url?: string | null | undefined }[],
  isEscaped = true,
): { text: string | null; html: string | null } {
  const gone = new Set(media.map(({ url }) => url))
  let text = ''
  let html = ''
  // Pieces with odd numbers are links.
  for (const [at, piece] of written.split(/(https?:\/\/t\.co\/\w+)/).entries()) {
    if (at % 2 === 0) {
      const plain = isEscaped ? piece.replace(escapes, (entity) => entities[entity] ?? entity) : piece
      text += plain
      html += escapedLines(plain)
    } else if (!gone.has(piece)) {
      const address = addresses.get(piece) ?? piece
      text += address
      html += link(address, address)
    }
  }
  return { text: textOf(text.trim()), html: textOf(text) && `<p>${html.trim()}</p>` }
}
