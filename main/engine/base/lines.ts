import { CofferError } from './errors.ts'

/** No row of a database and no line of an export is as long; what has to be read whole must fit into memory. */
const longestLine = 256 << 20

/** Cuts text that comes piece by piece into lines. Only a line feed ends one. */
export interface LineCutter {
  /** The lines that are whole with this piece, without their ends. Throws `bad-request` for a line that never ends. */
  add(text: string): string[]
  /** The last line, where something is left. */
  end(text?: string): string[]
}

export function lineCutter(): LineCutter {
  // Pieces of the line that has not ended yet: adding them up each time would take the square of its length.
  let pieces: string[] = []
  let length = 0
  return {
    add(text) {
      if (!text.includes('\n')) {
        pieces.push(text)
        length += text.length
        if (length > longestLine) throw new CofferError('A line of this file is too long.', { code: 'bad-request' })
        return []
      }
      const lines = (pieces.length === 0 ? text : pieces.join('') + text).split('\n')
      const rest = lines.pop() ?? ''
      pieces = rest === '' ? [] : [rest]
      length = rest.length
      return lines
    },
    end(text = '') {
      const rest = pieces.join('') + text
      return rest === '' ? [] : rest.split('\n')
    },
  }
}
