import { z } from 'zod'

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
export const townsSchema = z.object({ towns: z.array(townSchema) })
export const townNearSchema = z.object({ town: townSchema.extend({ distanceKm: z.number() }).nullable() })
