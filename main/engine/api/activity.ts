import { activityEndpoints } from '../../contract/index.ts'
import { activity } from '../objects/index.ts'
import { numberIn, readAs } from './context.ts'
import type { On } from './mount.ts'

export function activityRoutes(on: On): void {
  on(activityEndpoints.list, ({ caller, query: { cursor, limit, nouns } }) =>
    readAs(caller, (tx, userId) =>
      activity(tx, userId, {
        limit,
        ...(cursor !== undefined && { before: numberIn(cursor) }),
        ...(nouns !== undefined && { nouns }),
      }),
    ),
  )
}
