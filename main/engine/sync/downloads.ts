import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { vaultScratch } from '../base/scratch.ts'
import { newId } from '../base/ids.ts'
import { beginImport, importCounts, takeFiles, type TakenFile } from '../intake/index.ts'
import { fillDates } from '../library/index.ts'
import { userFolders } from '../files/index.ts'
import { mediaArrived } from '../posts/index.ts'
import type { SyncAccount } from './account.ts'
import type { Connector, Session } from './connector.ts'
import type { SyncContext } from './context.ts'
import { fetchFile } from './fetch-file.ts'
import type { SyncCounts } from './log.ts'
import { ServiceError } from './service-error.ts'

/** Files that lie in scratch at once. */
const atOnce = 16
const maxBytes = 2 * 2 ** 30
/** After so many tries a medium is left alone until somebody asks for it. */
export const mostTries = 8

interface Medium {
  readonly id: string
  readonly key: string
  readonly url: string
  readonly attempts: number
  readonly sha256: string | null
}

interface Fetched extends Medium {
  readonly path: string
}

/**
 * Fetches the media that wait, takes them into the library through the same door as every other file, and ties them to their posts. One that
 * cannot be had is tried again later, with growing pauses; a limit of the service ends the sync.
 */
export async function downloadMedia(
  context: SyncContext,
  account: SyncAccount,
  connector: Connector,
  session: Session,
  counts: SyncCounts,
  onProgress: (done: number, total: number) => void,
): Promise<void> {
  const total = await waiting(context, account)
  if (total === 0) return
  let done = 0
  for (;;) {
    const due = await dueMedia(context, account)
    if (due.length === 0) return
    const folder = await vaultScratch(context.vaultDir, 'archive')
    let limited: ServiceError | null = null
    try {
      const fetched: Fetched[] = []
      for (const [index, medium] of due.entries()) {
        session.signal.throwIfAborted()
        await mkdir(join(folder, String(index)), { mode: 0o700 })
        try {
          const path = join(folder, String(index), nameOf(medium))
          await fetchOne(connector, session, medium, path)
          fetched.push({ ...medium, path })
        } catch (error) {
          if (error instanceof ServiceError && (error.trouble === 'limited' || error.trouble === 'expired')) {
            limited = error
            break
          }
          if (!(error instanceof ServiceError)) throw error
          await noteFailure(context, medium, error)
          counts.mediaFailed += 1
        }
        done += 1
        onProgress(done, Math.max(total, done))
      }
      counts.mediaDownloaded += await takeIn(context, account, session, fetched, counts)
    } finally {
      await rm(folder, { recursive: true, force: true, maxRetries: 3 })
    }
    if (limited) throw limited
  }
}

/** What is to be fetched of a connection, in SQL: of a service, not in an export. */
const isDue = `d.account_id = $1 and d.status in ('pending', 'downloading', 'failed') and not starts_with(d.original_url, 'archive:')
  and d.attempts < ${mostTries} and (d.next_attempt_at is null or d.next_attempt_at <= now())`

async function waiting(context: SyncContext, account: SyncAccount): Promise<number> {
  const row = await context.database.asService((tx) =>
    tx.one<{ n: number }>(`select count(*)::integer as n from ingest.media_downloads d where ${isDue}`, [account.id]),
  )
  return row?.n ?? 0
}

async function dueMedia(context: SyncContext, account: SyncAccount): Promise<Medium[]> {
  return context.database.asService((tx) =>
    tx.query<Medium>(
      `update ingest.media_downloads m set status = 'downloading', attempts = m.attempts + 1, last_attempt_at = now(),
         next_attempt_at = now() + make_interval(mins => (5 * power(2, least(m.attempts, 10)))::integer)
       where m.id in (select d.id from ingest.media_downloads d where ${isDue} order by d.created_at desc, d.id limit ${atOnce})
       returning m.id, coalesce(m.media_key, m.original_url) as key, m.original_url as url, m.attempts, m.about->>'sha256' as sha256`,
      [account.id],
    ),
  )
}

async function fetchOne(connector: Connector, session: Session, medium: Medium, path: string): Promise<void> {
  const from = await connector.mediaAddress(session, medium)
  if (!from) throw new ServiceError('gone', 'The service does not have this file any more.')
  const { sha256, mimeType } = await fetchFile(session.network, from, path, { maxBytes, signal: session.signal })
  if (medium.sha256 !== null && medium.sha256 !== sha256) {
    throw new ServiceError('nonsense', 'The service gave other bytes than it said.')
  }
  if (mimeType !== null && /^(?:text\/|application\/(?:json|xml))/i.test(mimeType) && medium.sha256 === null) {
    throw new ServiceError('nonsense', 'The service gave a page instead of a picture.')
  }
}

async function noteFailure(context: SyncContext, medium: Medium, error: ServiceError): Promise<void> {
  const isGone = error.trouble === 'gone' || error.trouble === 'refused'
  await context.database.asService((tx) =>
    tx.execute(`update ingest.media_downloads set status = $2, error = $3 where id = $1`, [
      medium.id,
      isGone ? 'unavailable' : 'failed',
      error.message,
    ]),
  )
}

/** Brings what was fetched into the library. Returns how many are there now. */
async function takeIn(
  context: SyncContext,
  account: SyncAccount,
  session: Session,
  fetched: readonly Fetched[],
  counts: SyncCounts,
): Promise<number> {
  if (fetched.length === 0) return 0
  const importId = newId()
  await context.database.asService((tx) =>
    tx.execute(
      `insert into meta.imports (id, user_id, status, paths, started_at, is_archive, source, account_id, scan_complete)
       values ($1, $2, 'running', '[]'::jsonb, now(), true, 'sync', $3, true)`,
      [importId, account.userId, account.id],
    ),
  )
  const work = beginImport(context.intake.running, importId, {
    userId: account.userId,
    closing: session.signal,
    from: await importCounts(context.database, importId),
  })
  let taken: TakenFile[]
  try {
    taken = await takeFiles(
      context.intake,
      {
        id: importId,
        userId: account.userId,
        incoming: join(userFolders(context.vaultDir, account.userId).incoming, importId),
      },
      work,
      fetched.map(({ id, path }) => ({ path, from: `${account.platform}/${id}` })),
    )
  } finally {
    work.end()
  }
  const became = new Map(taken.map((each) => [each.from, each]))
  const here: { downloadId: string; mediaId: string; key: string; isNew: boolean }[] = []
  const lost: string[] = []
  for (const { id, key } of fetched) {
    const found = became.get(`${account.platform}/${id}`)
    if (found?.mediaId) here.push({ downloadId: id, mediaId: found.mediaId, key, isNew: found.outcome !== 'duplicate' })
    else lost.push(id)
  }
  counts.mediaFailed += lost.length
  await context.database.asService(async (tx) => {
    await tx.execute(
      `update vault.media m set source_type = 'integration', source_id = left(r.key, 1024), source_platform = $2, source_integration_id = $3
       from jsonb_to_recordset($4::jsonb) as r(id uuid, key text) where m.id = r.id and m.user_id = $1`,
      [
        account.userId,
        account.platform,
        account.id,
        JSON.stringify(here.flatMap(({ mediaId, key, isNew }) => (isNew ? [{ id: mediaId, key }] : []))),
      ],
    )
    await mediaArrived(tx, account.userId, here)
    await fillDates(
      tx,
      account.userId,
      here.map(({ mediaId }) => mediaId),
    )
    await tx.execute(
      `update ingest.media_downloads set status = 'failed', error = 'This is no picture or film that Coffer knows.' where id = any($1::uuid[])`,
      [lost],
    )
    // It is no import to look at later.
    await tx.execute(`delete from meta.imports where id = $1`, [importId])
  })
  return here.length
}

/** A name for the file, from its address; what it is called says what kind it is where its bytes do not. */
function nameOf({ key, url }: Medium): string {
  const path = URL.canParse(url) ? new URL(url).pathname : key
  const last = (path.split('/').at(-1) ?? '').replaceAll(/[^\w.-]/g, '_').slice(-100)
  return /^[._]*$/.test(last) ? 'file' : last
}
