import { goneFormat, ingest } from '../posts/index.ts'
import { postAccount, type SyncAccount } from './account.ts'
import type { Connector, Page, Session } from './connector.ts'
import type { SyncContext } from './context.ts'
import type { SyncCounts } from './log.ts'

/** Posts that are marked as gone in one transaction. */
const goneAtOnce = 200

/** Stores everything new, each page with the cursor after it in one transaction, and marks what a whole walk did not show. */
export async function storePages(
  context: SyncContext,
  account: SyncAccount,
  connector: Connector,
  session: Session,
  counts: SyncCounts,
  onPage: (posts: number) => void,
): Promise<void> {
  const cursor = cursorOf(account)
  let walk: { readonly seen: Set<string>; readonly since: string } | null = null
  for await (const page of connector.pages(session, cursor)) {
    session.signal.throwIfAborted()
    if (page.isStartOfWalk === true) walk = { seen: new Set(), since: new Date().toISOString() }
    for (const post of page.posts) walk?.seen.add(post.postId)
    for (const id of page.alsoThere ?? []) walk?.seen.add(id)
    if (page.isEndOfWalk === true && walk) await markGone(context, account, walk, counts)
    await storePage(context, account, page, counts)
    onPage(counts.fetched)
  }
}

/** One that cannot be read is none: everything is walked through again, and what is known changes nothing. */
function cursorOf({ cursor }: SyncAccount): unknown {
  try {
    return cursor === null ? null : (JSON.parse(cursor) as unknown)
  } catch {
    return null
  }
}

async function storePage(context: SyncContext, account: SyncAccount, page: Page, counts: SyncCounts): Promise<void> {
  await context.database.asService(async (tx) => {
    if (page.posts.length > 0) {
      const { outcomes } = await ingest(tx, account.userId, postAccount(account), {
        source: account.cursor === null ? 'backfill' : 'fetch',
        eventType: page.eventType,
        externalId: null,
        envelope: page.envelope,
        posts: page.posts,
      })
      counts.fetched += new Set(page.posts.map(({ postId }) => postId)).size
      for (const { outcome } of outcomes) {
        if (outcome === 'added') counts.created += 1
        if (outcome === 'updated') counts.updated += 1
        if (outcome === 'gone') counts.deleted += 1
        if (outcome === 'failed') counts.unread += 1
      }
    }
    counts.pages += 1
    await tx.execute(
      `update core.integrations set sync_cursor = $2 where id = $1 and sync_cursor is distinct from $2`,
      [account.id, JSON.stringify(page.cursor)],
    )
  })
}

/**
 * Posts that the service showed before and that a whole walk lacks. Those of exports that have no ids of the service are not known
 * to it, and stories end by themselves.
 */
async function markGone(
  context: SyncContext,
  account: SyncAccount,
  { seen, since }: { readonly seen: ReadonlySet<string>; readonly since: string },
  counts: SyncCounts,
): Promise<void> {
  const here = await context.database.asService((tx) =>
    tx.query<{ id: string }>(
      `select p.platform_post_id as id from vault.posts p where p.account_id = $1 and not p.deleted_on_platform
         and p.content_type <> 'story' and not starts_with(p.platform_post_id, 'fp:') and p.created_at < $2::timestamptz order by 1`,
      [account.id, since],
    ),
  )
  const gone = here.filter(({ id }) => !seen.has(id))
  for (let at = 0; at < gone.length; at += goneAtOnce) {
    const some = gone.slice(at, at + goneAtOnce)
    await context.database.asService(async (tx) => {
      const { outcomes } = await ingest(tx, account.userId, postAccount(account), {
        source: 'fetch',
        eventType: 'not in a whole walk',
        externalId: null,
        envelope: { gone: some.map(({ id }) => ({ $post: id })) },
        posts: some.map(({ id }) => ({ postId: id, format: goneFormat, data: {} })),
      })
      counts.deleted += outcomes.filter(({ outcome }) => outcome === 'gone').length
    })
  }
}
