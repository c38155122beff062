import { convert } from 'geo-coordinates-parser'

/** `48.85, 2.29`, alone or in the address of a map: `…/@48.85,2.29,17z`, `…#map=15/48.85/2.29`, `geo:48.85,2.29`. */
const decimals = [
  /^(-?\d{1,2}(?:\.\d+)?)\s*[,;\s]\s*(-?\d{1,3}(?:\.\d+)?)$/,
  /^(?:geo:|https?:\/\/\S*?[@=/])(-?\d{1,2}\.\d+)[,/](-?\d{1,3}\.\d+)/i,
]

/** The place a text names by latitude and longitude, in whatever way maps write them; null when it does not. */
export function coordinatesIn(text: string): { latitude: number; longitude: number } | null {
  const match = decimals.map((pattern) => pattern.exec(text.trim())).find((each) => each !== null)
  const [latitude, longitude] = match ? [Number(match[1]), Number(match[2])] : sexagesimal(text)
  if (latitude === undefined || longitude === undefined) return null
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 ? { latitude, longitude } : null
}

function sexagesimal(text: string): number[] {
  try {
    const { decimalLatitude, decimalLongitude } = convert(text, 6)
    return [decimalLatitude, decimalLongitude]
  } catch {
    // It throws for whatever is no place.
    return []
  }
}
