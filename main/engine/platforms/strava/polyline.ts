import type { Place } from './line.ts'

const mostPlaces = 100_000

/** The places of an encoded line: differences of hundred thousandths of a degree, five bits in each letter. What is broken ends there. */
export function decodedLine(text: string): Place[] {
  const places: Place[] = []
  let [lat, lon, at] = [0, 0, 0]
  const next = (): number | null => {
    let [value, shift] = [0, 0]
    for (;;) {
      const code = text.charCodeAt(at) - 63
      at += 1
      if (!(code >= 0 && code < 64) || shift > 30) return null
      value |= (code & 31) << shift
      shift += 5
      if (code < 32) return value & 1 ? ~(value >> 1) : value >> 1
    }
  }
  while (at < text.length && places.length < mostPlaces) {
    const [north, east] = [next(), next()]
    if (north === null || east === null) break
    lat += north
    lon += east
    if (Math.abs(lat) > 9e6 || Math.abs(lon) > 18e6) break
    places.push([lat / 1e5, lon / 1e5])
  }
  return places
}
