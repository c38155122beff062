import { z } from 'zod'
import { BadPayload, blankMedia, type Format } from '../draft.ts'
import { firstInstant, momentOf } from '../instants.ts'
import { maybe, present, shaped } from '../shape.ts'
import { type Column, cellOf, figureOf, picturesOf } from './columns.ts'
import { dateOf } from './date.ts'
import { blankActivity } from './parts.ts'

const place = z.tuple([z.number(), z.number()])
const payload = z.object({
  header: z.array(z.string()).min(5),
  cells: z.array(z.string()).min(5),
  track: maybe(
    z.object({
      path: z.string(),
      points: z.number(),
      bounds: maybe(z.tuple([z.number(), z.number(), z.number(), z.number()])),
      startedAt: maybe(z.string()),
      endedAt: maybe(z.string()),
      line: z.array(place),
    }),
  ),
})

/** An activity of a bulk export, `{header, cells, track}`: a row of `activities.csv`, and what its recording comes to. */
export const stravaExport: Format = {
  platform: 'strava',
  normalise(data) {
    const { header, cells, track } = shaped(payload, data)
    const cell = (column: Column): string | null => cellOf(header, cells, column)
    const figure = (column: Column): number | null => figureOf(header, cells, column)
    const id = cell('id')
    if (id === null || !/^\d{1,20}$/.test(id)) throw new BadPayload('an activity without an id')
    return {
      ...blankActivity(id, firstInstant(dateOf(cell('date') ?? ''), momentOf(track?.startedAt)?.instant), {
        name: cell('name'),
        description: cell('description'),
      }),
      activityType: cell('type'),
      // Who could see it is not told.
      isPublic: false,
      media: picturesOf(cells).map((path) => ({
        ...blankMedia(`archive:${path}`, /\.(?:mp4|mov|m4v)$/i.test(path) ? 'video' : 'photo'),
        path,
      })),
      metadata: {
        strava: present({
          distanceMetres: figure('distance'),
          movingSeconds: figure('moving'),
          elapsedSeconds: figure('elapsed') ?? figure('elapsedShown'),
          elevationGainMetres: figure('elevationGain'),
          averageSpeed: figure('averageSpeed'),
          maxSpeed: figure('maxSpeed'),
          averageHeartRate: figure('averageHeartRate'),
          maxHeartRate: figure('maxHeartRate'),
          averageWatts: figure('averageWatts'),
          maxWatts: figure('maxWatts'),
          calories: figure('calories'),
          gear: cell('gear'),
          privateNote: cell('privateNote'),
          track: track?.path,
          bounds: track?.bounds,
          polyline: track?.line,
        }),
      },
    }
  },
}
