import type { Confidence, MediaType, TakenSource } from '../../contract/index.ts'

export interface FileKind {
  readonly mediaType: MediaType
  readonly mimeType: string
  /** Canonical, without a dot. */
  readonly extension: string
  /** A picture can be made of it here. */
  readonly decodable: boolean
  readonly raw: boolean
}

export interface Facts {
  /** Pixels after rotation. */
  readonly width: number | null
  readonly height: number | null
  /** EXIF orientation 1 to 8 as the file says it. */
  readonly orientation: number | null
  readonly durationSeconds: number | null
  /** Wall clock at the place, `2024-06-15T18:30:00.250`. */
  readonly takenLocal: string | null
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
  readonly facts: Facts
  readonly pictures: Pictures | null
  /** Why no picture could be made, or what is broken; null is fine. */
  readonly damage: string | null
}

export interface InspectJob {
  readonly path: string
  readonly kind: FileKind
  readonly filename: string
  readonly mtimeMs: number
  readonly sidecarXmpPath?: string
  readonly gridPath: string
  readonly viewerPath: string
}

export interface Limits {
  readonly maxPixels: number
  readonly maxSeconds: number
  readonly maxMemoryMb: number
}
