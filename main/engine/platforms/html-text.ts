import { Parser } from 'htmlparser2'

/** No service's post is as long; the reader's work could grow faster than what is longer. */
const mostHtml = 200_000

const paragraphs: ReadonlySet<string> = new Set(['p', 'blockquote', 'ul', 'ol', 'pre', 'h1', 'h2', 'h3', 'h4', 'div'])
const silent: ReadonlySet<string> = new Set(['script', 'style', 'template'])

/**
 * The text of a post that came as HTML: paragraphs with an empty line between them, pictures of emoji by their names. Links show
 * their whole address where a service hides parts of it, so that it can be found.
 */
export function textOfHtml(html: string): string {
  const lines: string[] = []
  let line: string[] = []
  // Nothing, or a space, stands before what comes.
  let isGap = true
  let muted = 0
  const write = (piece: string): void => {
    if (piece === '') return
    line.push(piece)
    isGap = piece.endsWith(' ')
  }
  const endLine = (): void => {
    lines.push(line.join('').trimEnd())
    line = []
    isGap = true
  }
  const endParagraph = (): void => {
    if (line.length > 0) endLine()
    if (lines.length > 0 && lines.at(-1) !== '') lines.push('')
  }
  const parser = new Parser({
    onopentag(name, attributes) {
      if (silent.has(name)) muted += 1
      if (name === 'br') endLine()
      else if (name === 'li') {
        if (line.length > 0) endLine()
        write('- ')
      } else if (name === 'img') write(attributes['alt'] ?? '')
      else if (paragraphs.has(name)) endParagraph()
    },
    ontext(piece) {
      if (muted > 0) return
      const collapsed = piece.replace(/[ \t\r\n]+/g, ' ')
      write(isGap && collapsed.startsWith(' ') ? collapsed.slice(1) : collapsed)
    },
    onclosetag(name) {
      if (silent.has(name)) muted -= 1
      if (paragraphs.has(name)) endParagraph()
    },
  })
  parser.end(html.slice(0, mostHtml))
  endLine()
  return lines.join('\n').trim()
}
