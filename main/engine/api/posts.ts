import { postEndpoints } from '../../contract/index.ts'
import { postCounts, postDetail, postFeed, reprocess } from '../posts/index.ts'
import { notFound, readAs } from './context.ts'
import type { On } from './mount.ts'

export function postRoutes(on: On): void {
  on(postEndpoints.feed, ({ caller, query }) => readAs(caller, (tx) => postFeed(tx, caller.userId, query)))
  on(postEndpoints.counts, ({ caller }) => readAs(caller, (tx) => postCounts(tx, caller.userId)))
  on(postEndpoints.detail, async ({ caller, params }) => {
    const found = await readAs(caller, (tx) => postDetail(tx, caller.userId, params.id))
    if (!found) throw notFound('post')
    return found
  })
  on(postEndpoints.reprocess, ({ caller, body }) => reprocess(caller.vault.database, caller.userId, body.cursor))
}
