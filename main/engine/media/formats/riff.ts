import type { FileHandle } from 'node:fs/promises'
import { noBlocks, withoutExifName, type Blocks } from '../blocks/index.ts'
import { filmDuration, noFilmFacts, type FilmFacts } from './film.ts'
import { readAt, withFile } from './read-at.ts'

/** What the headers of a RIFF file (AVI, WAV, WebP) tell. */
export interface RiffFacts {
  /** Null when its headers cannot be true. */
  readonly facts: FilmFacts | null
  readonly blocks: Blocks
  /** The file ends before its own header says so. */
  readonly isCut: boolean
}

const maxSide = 65_536
const maxChunks = 20_000
const maxChunkBytes = 16 << 20
/** Lists that hold what is looked for; frames and indexes are passed over. */
const openedLists = new Set(['hdrl', 'INFO', 'exif'])
const wanted = new Set(['avih', 'IDIT', 'ICRD', 'fmt ', 'data', 'EXIF', 'XMP ', '_PMX', 'bext', 'etim', 'emdl', 'ecor'])

/** Reads a RIFF file's headers, chunk by chunk, passing over what is no header by seeking. */
export async function readRiff(path: string): Promise<RiffFacts> {
  return withFile(path, async (file, size) => {
    const head = await readAt(file, 0, 12)
    const blocks = noBlocks()
    if (head.length < 12 || head.toString('latin1', 0, 4) !== 'RIFF') return { facts: null, blocks, isCut: false }
    // Recorders that were switched off, and streams, leave the size at zero or at its maximum.
    const said = head.readUInt32LE(4)
    const isCut = said !== 0 && said !== 0xff_ff_ff_ff && said + 8 > size + 1
    const found = new Map<string, Chunk>()
    for await (const chunk of chunks(file, size)) if (!found.has(chunk.type)) found.set(chunk.type, chunk)
    const exif = found.get('EXIF')?.body
    if (exif) blocks.exif.push(withoutExifName(exif))
    const xmp = (found.get('XMP ') ?? found.get('_PMX'))?.body
    if (xmp) blocks.xmp.push(xmp)
    const form = head.toString('latin1', 8, 12)
    const facts = form === 'AVI ' ? aviFacts(found) : form === 'WAVE' ? waveFacts(found) : null
    return { facts, blocks, isCut }
  })
}

interface Chunk {
  readonly type: string
  /** Bytes it says it has. */
  readonly length: number
  readonly body: Buffer
}

async function* chunks(file: FileHandle, size: number): AsyncGenerator<Chunk> {
  for (let at = 12, count = 0; at + 8 <= size && count < maxChunks; count += 1) {
    const head = await readAt(file, at, 12)
    if (head.length < 8) return
    const type = head.toString('latin1', 0, 4)
    const length = head.readUInt32LE(4)
    if (type === 'LIST' && head.length === 12 && openedLists.has(head.toString('latin1', 8, 12))) {
      at += 12
      continue
    }
    // Of a recording's data only its length counts.
    if (wanted.has(type)) {
      const bytes = type === 'data' ? 0 : Math.min(length, maxChunkBytes)
      yield { type, length, body: await readAt(file, at + 8, bytes) }
    }
    at += 8 + length + (length % 2)
  }
}

function aviFacts(found: ReadonlyMap<string, Chunk>): FilmFacts | null {
  const header = found.get('avih')?.body
  const dates = {
    ...noFilmFacts,
    createdLocal: textIn(found.get('IDIT')) ?? textIn(found.get('ICRD')),
    model: textIn(found.get('emdl')),
    make: textIn(found.get('ecor')),
  }
  if (!header || header.length < 40) return dates.createdLocal === undefined ? null : dates
  const field = (index: number): number => header.readUInt32LE(index * 4)
  const [frameMicroseconds, frames, width, height] = [field(0), field(4), field(8), field(9)]
  const isSize = width > 0 && height > 0 && width <= maxSide && height <= maxSide
  return {
    ...dates,
    width: isSize ? width : null,
    height: isSize ? height : null,
    durationSeconds: filmDuration((frameMicroseconds * frames) / 1_000_000),
  }
}

function waveFacts(found: ReadonlyMap<string, Chunk>): FilmFacts | null {
  const format = found.get('fmt ')?.body
  const data = found.get('data')
  if (!format || format.length < 12 || !data) return null
  const bytesPerSecond = format.readUInt32LE(8)
  const isKnown = bytesPerSecond > 0 && data.length !== 0xff_ff_ff_ff
  return {
    ...noFilmFacts,
    createdLocal: broadcastDate(found.get('bext')?.body) ?? textIn(found.get('ICRD')),
    durationSeconds: isKnown ? filmDuration(data.length / bytesPerSecond) : null,
  }
}

function textIn(chunk: Chunk | undefined): string | undefined {
  const text = chunk?.body.toString('latin1', 0, 200).split('\0', 1)[0]?.trim()
  return text === '' ? undefined : text
}

/** Day and time of a recorder (EBU Tech 3285): `2009-10-27`, `12:14:34`. */
function broadcastDate(body: Buffer | undefined): string | undefined {
  if (!body || body.length < 338) return undefined
  const text = `${body.toString('latin1', 320, 330)} ${body.toString('latin1', 330, 338)}`.replaceAll('\0', '').trim()
  return text === '' ? undefined : text
}
