import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Reason } from '../../contract/index.ts'
import { CofferError, isDiskFull, systemCode } from '../base/errors.ts'
import { vaultScratch } from '../base/scratch.ts'
import { assertRoom } from '../database/index.ts'
import { reason, reasonOf, userFolders } from '../files/index.ts'
import {
  addActiveTime,
  beginImport,
  describe,
  importCounts,
  ImportStopped,
  setStatus,
  stopReason,
  type ImportPayload,
  type IntakeContext,
} from '../intake/index.ts'
import type { JobOutcome, RunningJob } from '../jobs/index.ts'
import { accountFor } from './account.ts'
import { keepRest } from './keep-rest.ts'
import { takeMedia } from './media.ts'
import { openTree } from './open-tree.ts'
import { preview } from './preview.ts'
import { recogniseAll } from './recognise.ts'
import { storeRecords } from './records.ts'
import type { ArchiveRun, ExportOf } from './types.ts'

interface ImportRow {
  readonly id: string
  readonly userId: string
  readonly status: string
  readonly isDryRun: boolean
  readonly paths: readonly string[]
}

/** An export that cannot be read at all, and why. */
class Unreadable extends Error {
  readonly why: Reason

  constructor(why: Reason) {
    super(why.code)
    this.why = why
  }
}

/**
 * The handler of the import of an export: its records, then its pictures, then all that is left of it, kept whole. Goes on where
 * an earlier run was cut off; the same export again adds nothing.
 */
export async function runArchive(context: IntakeContext, job: RunningJob<ImportPayload>): Promise<JobOutcome> {
  const { database } = context
  const row = await database.asService((tx) =>
    tx.one<ImportRow>(
      `select id, user_id as "userId", status, dry_run as "isDryRun", paths from meta.imports where id = $1 and is_archive`,
      [job.payload.importId],
    ),
  )
  if (!row || !['running', 'waiting'].includes(row.status)) return 'done'
  const from = await importCounts(database, row.id)
  const work = beginImport(context.running, row.id, { userId: row.userId, closing: job.signal, from })
  const startedMs = performance.now()
  const scratch = await vaultScratch(context.vaultDir, 'archive')
  const run: ArchiveRun = {
    id: row.id,
    userId: row.userId,
    scratch,
    incoming: join(userFolders(context.vaultDir, row.userId).incoming, row.id),
    work,
    progressed: () => job.progressed(),
  }
  try {
    if (!row.isDryRun) await assertRoom(context.vaultDir, 0)
    await setStatus(context, row, 'running', null)
    await readExport(context, run, row)
    await addActiveTime(context, run.id, startedMs)
    await setStatus(context, row, 'done', null)
    return 'done'
  } catch (error) {
    await addActiveTime(context, run.id, startedMs).catch(() => {})
    if (job.signal.aborted) return 'interrupted'
    // Paused, cancelled, undone: its status is stored already.
    if (work.signal.aborted || error instanceof ImportStopped) return 'done'
    const why = whyOf(error)
    context.log.warn('archive-import-stopped', { import: run.id, reason: why.code, error: describe(error) })
    const isOver = error instanceof Unreadable || why.code === 'import-failed' || why.code.startsWith('archive-')
    await setStatus(context, row, isOver ? 'failed' : 'waiting', why).catch(() => {})
    return isOver ? 'done' : 'later'
  } finally {
    work.end()
    await rm(scratch, { recursive: true, force: true, maxRetries: 3 }).catch(() => {})
  }
}

async function readExport(context: IntakeContext, run: ArchiveRun, row: ImportRow): Promise<void> {
  await using tree = await openTree(row.paths, run.scratch).catch((error: unknown) => {
    // What the system says here it says of the export, not of the vault.
    throw systemCode(error) === undefined || isDiskFull(error) ? error : new Unreadable(reasonOf(error))
  })
  const found = await recogniseAll(tree)
  const readable = found.filter(({ recognised }) => recognised.refused === null)
  const [first] = readable
  if (!first) throw new Unreadable(found[0]?.recognised.refused ?? reason('archive-unknown'))
  const { username, displayName, platformUserId } = first.recognised.account
  await context.database.asService((tx) =>
    tx.execute(
      `update meta.imports set source = $2, about = about || jsonb_build_object('platform', $3::text, 'account', $4::text) where id = $1`,
      [run.id, first.source.name, first.recognised.platform, username ?? displayName ?? platformUserId],
    ),
  )
  if (row.isDryRun) {
    await preview(
      context,
      run,
      readable.map((each) => ({ tree, ...each })),
    )
    return
  }
  const kept = new Set<string>()
  // An export of one service may hold that of another: Instagram's has what was written on Threads.
  for (const { source, recognised } of readable) {
    const account = await context.database.asService(async (tx) => {
      const connection = await accountFor(tx, run.userId, source.name, recognised)
      await tx.execute(`update meta.imports set account_id = coalesce(account_id, $2) where id = $1`, [
        run.id,
        connection.id,
      ])
      return connection
    })
    const taken = await importSource(context, run, { tree, source, recognised, account })
    for (const path of taken) kept.add(path)
  }
  await keepRest(context, run, tree, kept)
}

/** Imports what one source reads. Returns the paths of the files that are originals of the library now. */
async function importSource(context: IntakeContext, run: ArchiveRun, given: ExportOf): Promise<ReadonlySet<string>> {
  const records = await storeRecords(context, run, given)
  const taken = await takeMedia(context, run, given)
  await context.database.asService((tx) =>
    tx.execute(
      `insert into ingest.sync_logs (user_id, account_id, sync_type, status, posts_fetched, posts_created, posts_updated, posts_deleted,
         media_downloaded, media_failed, metadata, started_at)
       select $1, $2, 'import', case when $7 > 0 or $9 > 0 then 'partial' else 'success' end, $3, $4, $5, $6, $8, $9,
         jsonb_build_object('importId', id, 'source', $11::text), started_at
       from meta.imports where id = $10`,
      [
        run.userId,
        given.account.id,
        records.seen,
        records.added,
        records.updated,
        records.gone,
        records.failed,
        taken.added,
        taken.failed,
        run.id,
        given.source.name,
      ],
    ),
  )
  return taken.kept
}

function whyOf(error: unknown): Reason {
  if (error instanceof Unreadable) return error.why
  if (error instanceof CofferError && (error.code === 'archive-damaged' || error.code === 'archive-encrypted')) {
    return reason(error.code)
  }
  return stopReason(error) ?? reason('import-failed')
}
