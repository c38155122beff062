import { z } from 'zod'
import { endpoint, pageOf } from './endpoint.ts'
import { latitudeSchema, longitudeSchema } from './media.ts'

export const townSchema = z.object({
  /** As it was looked for: `München` where somebody typed that. */
  name: z.string(),
  /** ISO 3166-1, two letters. */
  country: z.string(),
  /** State or province where it has a short name, such as `CA`. */
  region: z.string().nullable(),
  latitude: z.number(),
  longitude: z.number(),
  population: z.int(),
})
export type Town = z.infer<typeof townSchema>
export const townsSchema = pageOf(townSchema).meta({ id: 'Towns' })
export const townNearSchema = z
  .object({ town: townSchema.extend({ distanceKm: z.number() }).nullable() })
  .meta({ id: 'TownNear' })

/** Towns by name and names by place, from a list that comes with the program. */
export const placeEndpoints = {
  find: endpoint({
    method: 'GET',
    path: '/places',
    access: 'person',
    summary: 'Towns whose name begins so, the largest first; a country or state may follow a comma',
    query: z.object({ q: z.string().max(200), limit: z.int().min(1).max(50).default(8) }),
    answer: townsSchema,
  }),
  near: endpoint({
    method: 'GET',
    path: '/places/near',
    access: 'person',
    summary: 'The town next to a place; null where none is near',
    query: z.object({ latitude: latitudeSchema, longitude: longitudeSchema }),
    answer: townNearSchema,
  }),
}
