import { timelineEndpoints, timelineEntryEndpoints } from '../../contract/index.ts'
import { timelineDays, timelineRows, timelineTiles } from '../library/index.ts'
import { timelineEntries } from '../objects/index.ts'
import { readAs, whole } from './context.ts'
import type { On } from './mount.ts'

export function timelineRoutes(on: On): void {
  on(timelineEndpoints.days, ({ caller }) => readAs(caller, timelineDays))
  on(timelineEndpoints.tiles, ({ caller, query }) => readAs(caller, (tx) => timelineTiles(tx, query)))
  on(timelineEntryEndpoints.list, ({ caller, query }) => readAs(caller, (tx) => timelineEntries(tx, query)))
  on(timelineEndpoints.rows, async ({ caller, query }) => whole(await readAs(caller, (tx) => timelineRows(tx, query))))
}
