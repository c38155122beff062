import { describe } from '../intake/index.ts'
import type { JobOutcome, RunningJob } from '../jobs/index.ts'
import { accountWith, isSynced, type SyncAccount } from './account.ts'
import type { Connector } from './connector.ts'
import type { SyncContext } from './context.ts'
import { downloadMedia } from './downloads.ts'
import { beginLog, endLog, type LogEnd, type SyncCounts } from './log.ts'
import { failureOf, settlement, type Plan } from './failures.ts'
import { jittered, planSync, unplan, type SyncKind } from './plan.ts'
import { openSession } from './session.ts'
import { storePages } from './store-pages.ts'

/** How soon a sync that waits for mains is looked at again. */
const batteryMs = 10 * 60_000

/** The handler of a sync: everything new, then media, then the plan for the next one. Never fails the job: what went wrong is in the log. */
export async function runSync(
  context: SyncContext,
  job: RunningJob<{ readonly accountId: string; readonly kind: SyncKind; readonly tries: number }>,
): Promise<JobOutcome> {
  const { accountId, kind, tries } = job.payload
  const account = await context.database.asService((tx) => accountWith(tx, accountId))
  const connector = account && context.connectors.find((each) => each.platform === account.platform)
  if (!account || !connector || !(isSynced(account) || kind === 'manual') || account.authKind === 'archive')
    return 'done'
  if (kind === 'scheduled' && account.pausesOnBattery && (await context.isOnBattery())) {
    await context.database.asService((tx) =>
      planSync(tx, account.userId, account.id, { kind, delayMs: batteryMs, tries }),
    )
    return 'done'
  }
  const work = context.running.begin(account.id, {
    userId: account.userId,
    outer: job.signal,
    detail: { phase: 'posts' },
  })
  const logId = await beginLog(context, account, account.cursor === null ? 'backfill' : kind)
  const counts: SyncCounts = {
    fetched: 0,
    created: 0,
    updated: 0,
    deleted: 0,
    mediaDownloaded: 0,
    mediaFailed: 0,
    unread: 0,
    pages: 0,
  }
  const report = (phase: 'posts' | 'media', done: number, total: number): void => {
    work.report({ phase, files: done, totalFiles: total, bytes: 0, totalBytes: 0 }, { phase })
    job.progressed()
  }
  try {
    await sync(context, account, connector, work.signal, counts, report)
    const hasTrouble = counts.mediaFailed > 0 || counts.unread > 0
    await end(context, account, logId, counts, { status: hasTrouble ? 'partial' : 'success' }, { kind: 'scheduled' })
    return 'done'
  } catch (error) {
    if (job.signal.aborted) {
      await endLog(context, account, logId, counts, { status: 'cancelled' }).catch(() => {})
      return 'interrupted'
    }
    if (work.signal.aborted) {
      await endLog(context, account, logId, counts, { status: 'cancelled' })
      return 'done'
    }
    const failure = failureOf(error)
    context.log.warn('sync-failed', { connection: account.id, trouble: failure.trouble, error: describe(error) })
    const { log, plan } = settlement(failure, tries, account.intervalMinutes * 60_000)
    await end(context, account, logId, counts, log, plan)
    return 'done'
  } finally {
    work.end()
    context.bell.showAgain(account.userId, 'integrations')
  }
}

async function sync(
  context: SyncContext,
  account: SyncAccount,
  connector: Connector,
  signal: AbortSignal,
  counts: SyncCounts,
  report: (phase: 'posts' | 'media', done: number, total: number) => void,
): Promise<void> {
  const session = await openSession(context, account, signal)
  const soon = connector.refreshBeforeMs ?? 5 * 60_000
  const { expiresAt } = session.tokens()
  if (connector.refresh && expiresAt !== null && Date.parse(expiresAt) - Date.now() < soon) {
    await session.renew(await connector.refresh(session))
  }
  await storePages(context, account, connector, session, counts, (done) => report('posts', done, 0))
  await downloadMedia(context, account, connector, session, counts, (done, total) => report('media', done, total))
}

async function end(
  context: SyncContext,
  account: SyncAccount,
  logId: string,
  counts: SyncCounts,
  log: LogEnd,
  plan: Plan | null,
): Promise<void> {
  await endLog(context, account, logId, counts, log, async (tx) => {
    const now = await accountWith(tx, account.id)
    if (!now) return
    if (!plan || !now.isEnabled) {
      await unplan(tx, account.id)
      return
    }
    const { kind, delayMs = jittered(now.intervalMinutes * 60_000), tries = 0 } = plan
    await planSync(tx, account.userId, account.id, { kind, delayMs, tries })
  })
}
