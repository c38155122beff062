import FitParser from 'fit-file-parser'
import { BadPayload } from '../draft.ts'
import { mostPoints, pointOf, type TrackPoint } from './point.ts'

/** The points of a FIT file. */
export async function readFit(content: Buffer): Promise<TrackPoint[]> {
  const parser = new FitParser({
    force: true,
    mode: 'list',
    lengthUnit: 'm',
    speedUnit: 'm/s',
    temperatureUnit: 'celsius',
  })
  const bytes = Buffer.from(content)
  const { records } = await parser.parseAsync(bytes).catch((error: unknown) => {
    throw new BadPayload('no FIT that can be read', { cause: error })
  })
  if (!Array.isArray(records) || records.length === 0) throw new BadPayload('a recording without points')
  return (records as unknown as readonly Readonly<Record<string, unknown>>[]).slice(0, mostPoints).map((record) =>
    pointOf({
      lat: record['position_lat'],
      lon: record['position_long'],
      ele: record['enhanced_altitude'] ?? record['altitude'],
      time: timeOf(record['timestamp']),
      hr: record['heart_rate'],
      cad: record['cadence'],
      watts: record['power'],
      temp: record['temperature'],
    }),
  )
}

function timeOf(value: unknown): number | null {
  return value instanceof Date ? value.getTime() : typeof value === 'string' ? Date.parse(value) : null
}
