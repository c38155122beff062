import { timelineEndpoints } from '../../contract/index.ts'
import { timelineDays, timelineRows, timelineTiles } from '../library/index.ts'
import { readAs, whole } from './context.ts'
import type { On } from './mount.ts'

export function timelineRoutes(on: On): void {
  on(timelineEndpoints.days, ({ caller }) => readAs(caller, timelineDays))
  on(timelineEndpoints.tiles, ({ caller, query }) => readAs(caller, (tx) => timelineTiles(tx, query)))
  on(timelineEndpoints.rows, async ({ caller, query }) => whole(await readAs(caller, (tx) => timelineRows(tx, query))))
}
