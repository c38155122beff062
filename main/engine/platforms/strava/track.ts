import { gunzipSync } from 'node:zlib'
import { BadPayload } from '../draft.ts'
import type { TrackPoint } from './point.ts'

const mostUnpacked = 64 << 20
/** A FIT file takes many times its size in memory; a day, second by second, has some megabytes. */
const mostFit = 16 << 20

/**
 * The points of a recording: GPX, TCX or FIT, also with gzip. What it is tells its content, not the name it has. Throws
 * `BadPayload` for what is none of them, or broken.
 */
export async function readTrack(name: string, bytes: Buffer): Promise<TrackPoint[]> {
  const content = isGzip(bytes) ? unzipped(bytes, name) : bytes
  if (content.toString('latin1', 8, 12) === '.FIT') {
    if (content.length > mostFit) throw new BadPayload(`${name} is larger than a recording can be`)
    // Its table of messages is megabytes that few exports need.
    return (await import('./fit.ts')).readFit(content)
  }
  const text = content.toString('utf8').replace(/^[\uFEFF\s]{1,1000}/, '')
  if (!text.startsWith('<')) throw new BadPayload(`${name} is no recording of an activity`)
  return (await import('./xml-track.ts')).readXmlTrack(text)
}

function isGzip(bytes: Buffer): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b
}

function unzipped(bytes: Buffer, name: string): Buffer {
  try {
    return gunzipSync(bytes, { maxOutputLength: mostUnpacked })
  } catch (error) {
    throw new BadPayload(`${name} cannot be unpacked`, { cause: error })
  }
}
