import { SaxesParser } from 'saxes'
import { BadPayload } from '../draft.ts'
import { momentOf } from '../instants.ts'
import { mostPoints, pointOf, type TrackPoint } from './point.ts'

/** Elements of GPX and TCX, by what they hold; their namespaces differ from device to device. */
const fields: ReadonlyMap<string, keyof TrackPoint> = new Map([
  ['ele', 'ele'],
  ['time', 'time'],
  ['hr', 'hr'],
  ['cad', 'cad'],
  ['power', 'watts'],
  ['atemp', 'temp'],
  ['Time', 'time'],
  ['LatitudeDegrees', 'lat'],
  ['LongitudeDegrees', 'lon'],
  ['AltitudeMeters', 'ele'],
  ['Value', 'hr'],
  ['Cadence', 'cad'],
  ['RunCadence', 'cad'],
  ['Watts', 'watts'],
] as const)
const pieceLength = 1 << 16
const mostText = 100

/** The points of GPX and TCX. Entities of a document's own are never followed. Throws `BadPayload` where there are none. */
export function readXmlTrack(text: string): TrackPoint[] {
  const points: TrackPoint[] = []
  let point: Record<keyof TrackPoint, unknown> | null = null
  let words = ''
  const errors: Error[] = []
  const parser = new SaxesParser()
  parser.on('error', (error) => void errors.push(error))
  parser.on('opentag', ({ name, attributes }) => {
    words = ''
    const local = name.slice(name.indexOf(':') + 1)
    if (local !== 'trkpt' && local !== 'Trackpoint') return
    const blank = { lat: null, lon: null, ele: null, time: null, hr: null, cad: null, watts: null, temp: null }
    point = { ...blank, lat: attributes['lat'], lon: attributes['lon'] }
  })
  parser.on('text', (piece) => {
    if (point && words.length < mostText) words += piece.slice(0, mostText)
  })
  parser.on('closetag', ({ name }) => {
    const local = name.slice(name.indexOf(':') + 1)
    const field = fields.get(local)
    if (point && field !== undefined) point[field] = field === 'time' ? timeOf(words) : words
    words = ''
    if (point && (local === 'trkpt' || local === 'Trackpoint')) {
      points.push(pointOf(point))
      point = null
    }
  })
  // In pieces: what is cut off, or more than anybody records, ends there.
  for (let at = 0; at < text.length && errors.length === 0 && points.length < mostPoints; at += pieceLength)
    parser.write(text.slice(at, at + pieceLength))
  if (points.length === 0) throw new BadPayload('a recording without points')
  return points
}

function timeOf(words: string): number | null {
  const instant = momentOf(words)?.instant
  return instant === undefined ? null : Date.parse(instant)
}
