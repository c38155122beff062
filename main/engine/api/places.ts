import { placeEndpoints } from '../../contract/index.ts'
import { findTowns, townNear } from '../places/index.ts'
import { whole } from './context.ts'
import type { On } from './mount.ts'

export function placeRoutes(on: On): void {
  on(placeEndpoints.find, async ({ query: { q, limit } }) => whole(await findTowns(q, limit)))
  on(placeEndpoints.near, async ({ query: { latitude, longitude } }) => ({ town: await townNear(latitude, longitude) }))
}
