export { KIND_BYTES, pictureMimeType, recogniseKind } from './kind.ts'
export type { Facts, FileKind, Inspection, InspectJob, Limits } from './types.ts'
export { startMediaWorkers, type MediaWorkers } from './workers.ts'
