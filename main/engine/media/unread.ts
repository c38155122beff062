import { kindByName } from './kind/by-name.ts'
import { taken } from './taken.ts'
import type { FileKind, Inspection, InspectJob } from './types.ts'

/** What is known of a file that no worker survived: its name and its time on disk. */
export function unread(job: InspectJob, kind: FileKind): Inspection {
  return {
    kind,
    facts: {
      width: null,
      height: null,
      orientation: null,
      durationSeconds: null,
      ...taken({ filename: job.filename, mtimeMs: job.mtimeMs }),
      latitude: null,
      longitude: null,
      altitudeM: null,
      cameraMake: null,
      cameraModel: null,
      lensModel: null,
      exposureSeconds: null,
      aperture: null,
      iso: null,
      focalLengthMm: null,
      rating: null,
      tags: [],
      description: null,
      fromSidecar: [],
      exif: {},
    },
    pictures: null,
    damage: null,
    later: null,
    isRead: false,
    note: null,
  }
}

/** What is kept of a file whose kind nobody could find out: its bytes. */
const unknownKind: FileKind = {
  mediaType: 'other',
  mimeType: 'application/octet-stream',
  extension: 'bin',
  decodable: false,
  raw: false,
}

/** The kind of a file that could not be looked into: what its name says, or nothing but its bytes. */
export function kindOfUnread(filename: string): FileKind {
  return kindByName(filename) ?? unknownKind
}
