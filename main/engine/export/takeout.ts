import type { Item } from './gather.ts'

/** What Google Takeout puts beside a photo, so that programs made for that read it. */
export function takeoutJson(item: Item): string {
  const geo = {
    latitude: item.latitude ?? 0,
    longitude: item.longitude ?? 0,
    altitude: item.altitudeM ?? 0,
    latitudeSpan: 0,
    longitudeSpan: 0,
  }
  const sidecar = {
    title: item.filename,
    description: item.description ?? '',
    creationTime: moment(Date.parse(item.createdAt)),
    // Takeout knows instants only. Where the zone is unknown the wall time stands for UTC, which is what its readers assume.
    photoTakenTime: moment(item.takenAt === null ? wallTimeMs(item.takenLocal) : Date.parse(item.takenAt)),
    geoData: geo,
    geoDataExif: geo,
    ...(item.isFavorite && { favorited: true }),
    ...(item.isTrashed && { trashed: true }),
    coffer: { id: item.id, sha256: item.sha256 },
  }
  return `${JSON.stringify(sidecar, null, 2)}\n`
}

function wallTimeMs(local: string | null): number {
  return local === null ? 0 : Date.parse(`${local.slice(0, 19)}Z`)
}

/** Seconds since 1970 as text; "0" is how Takeout says that it does not know. */
function moment(ms: number): { timestamp: string; formatted: string } {
  const seconds = Number.isFinite(ms) ? Math.floor(ms / 1000) : 0
  const formatted = new Date(seconds * 1000).toISOString().replace('T', ' ').slice(0, 19)
  return { timestamp: String(seconds), formatted: `${formatted} UTC` }
}
