export { KIND_BYTES, pictureMimeType } from './kind/recognise.ts'
export type { FactGroup, MediaMetadata, FileKind, Inspection, InspectJob, Limits } from './types.ts'
export { startMediaWorkers, type MediaWorkers } from './workers.ts'
