import type { Confidence, MediaType, ReasonCode, TakenPrecision, TakenSource } from '../../contract/index.ts'

export interface FileKind {
  readonly mediaType: MediaType
  readonly mimeType: string
  /** Canonical, without a dot. */
  readonly extension: string
  /** A picture can be made of it here. */
  readonly decodable: boolean
  readonly raw: boolean
}

/** MediaMetadata that belong together: a sidecar that gives one of a group gives it instead of the file. */
export type FactGroup = 'taken' | 'place' | 'rating' | 'description' | 'tags' | 'camera' | 'exposure'

export interface MediaMetadata {
  /** Pixels after rotation. */
  readonly width: number | null
  readonly height: number | null
  /** EXIF orientation 1 to 8 as the file says it. */
  readonly orientation: number | null
  readonly durationSeconds: number | null
  /** Wall clock at the place, `2024-06-15T18:30:00.250`. */
  readonly takenLocal: string | null
  /** How far the date is known when its clock time is not. */
  readonly takenPrecision: TakenPrecision | null
  /** The instant, when the offset is known. */
  readonly takenAt: string | null
  readonly utcOffsetMinutes: number | null
  readonly takenSource: TakenSource | null
  readonly takenConfidence: Confidence | null
  readonly latitude: number | null
  readonly longitude: number | null
  readonly altitudeM: number | null
  readonly cameraMake: string | null
  readonly cameraModel: string | null
  readonly lensModel: string | null
  readonly exposureSeconds: number | null
  readonly aperture: number | null
  readonly iso: number | null
  readonly focalLengthMm: number | null
  readonly rating: number | null
  readonly tags: readonly string[]
  readonly description: string | null
  /** What would be different without the sidecar. */
  readonly fromSidecar: readonly FactGroup[]
  /** What else the file says, safe for JSON, without binary values. */
  readonly exif: Readonly<Record<string, unknown>>
}

export interface Picture {
  readonly width: number
  readonly height: number
  readonly bytesWritten: number
}

export interface Pictures {
  readonly grid: Picture
  readonly viewer: Picture
  /** ThumbHash, base64. */
  readonly thumbHash: string
}

export interface Inspection {
  readonly kind: FileKind
  readonly facts: MediaMetadata
  readonly pictures: Pictures | null
  /** What is broken: pixels or what describes them are missing. Null is whole, as far as can be known. */
  readonly damage: ReasonCode | null
  /** Why it was not read to the end although it may well be whole; to be tried again when the computer is idle. */
  readonly later: ReasonCode | null
  /** Its facts were read; else they are only what its name and time say. */
  readonly isRead: boolean
  /** Why a whole file has no picture here, where that needs saying. */
  readonly note: ReasonCode | null
}

export interface InspectJob {
  readonly path: string
  readonly filename: string
  readonly mtimeMs: number
  readonly sidecarXmpPath?: string
  readonly gridPath: string
  readonly viewerPath: string
}

export interface InspectOptions {
  readonly signal?: AbortSignal
  /** No pictures: only what the file and its sidecar say. */
  readonly isFactsOnly?: boolean
  /** More of everything, for what did not get done the first time. */
  readonly isPatient?: boolean
  /** Somebody waits for this one: it goes before what queues. */
  readonly isUrgent?: boolean
}

export interface Limits {
  readonly maxPixels: number
  /** Processor time for one file, by all threads of its worker. */
  readonly maxCpuSeconds: number
  /** Time by the clock; long, for it also runs while a busy computer or a slow drive lets the worker wait. */
  readonly maxWallSeconds: number
  readonly maxMemoryMb: number
}
