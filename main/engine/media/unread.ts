import { taken } from './taken.ts'
import type { Inspection, InspectJob } from './types.ts'

/** What is known of a file that no worker survived: its name and its time on disk. */
export function unread(job: InspectJob, damage: string): Inspection {
  return {
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
      exif: {},
    },
    pictures: null,
    damage,
  }
}
