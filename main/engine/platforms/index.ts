export { BadPayload, blankMedia, type AccountOf, type Format, type MediaDraft, type PostDraft } from './draft.ts'
export { blobsOf, type BlobOf } from './bluesky/record.ts'
export { readCar, type CarRecord, type Repository } from './bluesky/read-car.ts'
export { formatOf, formats } from './formats.ts'
export { textOfHtml } from './html-text.ts'
export {
  addressesOf as xAddressesOf,
  instantOfWords as xInstant,
  mediaIn as xMediaIn,
  type XMedium,
} from './x/tweet.ts'
export { instantOfSeconds } from './instants.ts'
export { mended } from './meta/mojibake.ts'
export { metaMedium, takenOf } from './meta/parts.ts'
export { cellOf as stravaColumn } from './strava/columns.ts'
export { summaryOf, type TrackSummary } from './strava/line.ts'
export type { TrackPoint } from './strava/point.ts'
export { readTrack } from './strava/track.ts'
