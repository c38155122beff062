import { open } from 'node:fs/promises'

/** What the headers of a RIFF file (AVI, WAV) tell. */
export interface RiffFacts {
  readonly width: number | null
  readonly height: number | null
  readonly durationSeconds: number | null
  /** The file ends before its own header says so. */
  readonly isCut: boolean
}

/** The headers stand at the front; nothing behind this is read. */
const headerBytes = 64 << 10
const maxSide = 65_536

/** Reads an AVI's or WAV's header. Null when it has none that can be true. */
export async function readRiff(path: string): Promise<RiffFacts | null> {
  const file = await open(path, 'r')
  try {
    const { size } = await file.stat()
    const buffer = Buffer.alloc(Math.min(size, headerBytes))
    await file.read(buffer, 0, buffer.length, 0)
    if (buffer.length < 12 || buffer.toString('latin1', 0, 4) !== 'RIFF') return null
    // Recorders that were switched off, and streams, leave the size at zero or at its maximum.
    const said = buffer.readUInt32LE(4)
    const isCut = said !== 0 && said !== 0xff_ff_ff_ff && said + 8 > size + 1
    const form = buffer.toString('latin1', 8, 12)
    if (form === 'AVI ') return aviFacts(buffer, isCut)
    return form === 'WAVE' ? waveFacts(buffer, isCut) : null
  } finally {
    await file.close()
  }
}

function aviFacts(buffer: Buffer, isCut: boolean): RiffFacts | null {
  const at = buffer.indexOf('avih', 12, 'latin1')
  if (at < 0 || at + 48 > buffer.length) return null
  const field = (index: number): number => buffer.readUInt32LE(at + 8 + index * 4)
  const [frameMicroseconds, frames, width, height] = [field(0), field(4), field(8), field(9)]
  const seconds = (frameMicroseconds * frames) / 1_000_000
  const isSize = width > 0 && height > 0 && width <= maxSide && height <= maxSide
  return {
    width: isSize ? width : null,
    height: isSize ? height : null,
    durationSeconds: seconds > 0 ? seconds : null,
    isCut,
  }
}

function waveFacts(buffer: Buffer, isCut: boolean): RiffFacts | null {
  const format = buffer.indexOf('fmt ', 12, 'latin1')
  const data = buffer.indexOf('data', 12, 'latin1')
  if (format < 0 || data < 0 || format + 20 > buffer.length || data + 8 > buffer.length) return null
  const bytesPerSecond = buffer.readUInt32LE(format + 16)
  const bytes = buffer.readUInt32LE(data + 4)
  const isKnown = bytesPerSecond > 0 && bytes !== 0xff_ff_ff_ff
  return { width: null, height: null, durationSeconds: isKnown ? bytes / bytesPerSecond : null, isCut }
}
