import type { RoutePoint } from '../../components/photos/route-lines.ts'

/** The way an activity took, where its service tells one; null for any other post. */
export function routeOf(metadata: Readonly<Record<string, unknown>>): readonly RoutePoint[] | null {
  const strava = metadata['strava']
  const line = isRecord(strava) ? strava['polyline'] : undefined
  if (!Array.isArray(line)) return null
  const points = line.flatMap((point: unknown) => {
    const [latitude, longitude] = Array.isArray(point) ? (point as unknown[]) : []
    return isDegrees(latitude, 90) && isDegrees(longitude, 180) ? [[latitude, longitude] as const] : []
  })
  return points.length > 1 ? points : null
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

function isDegrees(value: unknown, most: number): value is number {
  return typeof value === 'number' && Math.abs(value) <= most
}
