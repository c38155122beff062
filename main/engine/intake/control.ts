import { setTimeout as pause } from 'node:timers/promises'
import type { importActions, ObjectTypeName } from '../../contract/index.ts'
import { CofferError } from '../base/errors.ts'
import { recordChanges } from '../changes/index.ts'
import type { Writer } from '../database/index.ts'
import { enqueue } from '../jobs/index.ts'
import { record, trash, trashObjects } from '../objects/index.ts'
import type { IntakeContext } from './context.ts'
import { archiveJob, importJob, importJobs } from './start.ts'

/** What is under way when an import is stopped is cut off; stopping is answered even when that takes longer. */
const patienceMs = 250

/** Stops an import where it is safe; it stays paused over restarts until it is resumed. */
export async function pauseImport(context: IntakeContext, userId: string, importId: string): Promise<void> {
  await move(context, userId, importId, { from: ['running', 'waiting'], to: 'paused', action: 'imports.paused' })
  await stopSoon(context, importId)
}

export async function resumeImport(context: IntakeContext, userId: string, importId: string): Promise<void> {
  const step = { from: ['paused', 'cancelled', 'failed'], to: 'running', action: 'imports.resumed' } as const
  await move(context, userId, importId, step, async (tx) => {
    // It gets a job of its own; one that was parked is over.
    await tx.execute(
      `update meta.jobs set status = 'cancelled' where status = 'parked' and kind = any($2) and payload->>'importId' = $1`,
      [importId, importJobs.map(({ name }) => name)],
    )
    await enqueueAgain(tx, userId, importId)
  })
}

/**
 * Tries the files again that could not be read; those that went well stay as they are. Folders that could not be read are
 * looked into again.
 */
export async function retryImport(context: IntakeContext, userId: string, importId: string): Promise<void> {
  const step = { from: ['done', 'cancelled', 'failed'], to: 'running', action: 'imports.retried' } as const
  await move(context, userId, importId, step, async (tx) => {
    await tx.execute(
      `with unseen as (
         delete from meta.import_items where import_id = $1 and outcome = 'failed' and mtime_ns is null returning 1),
       again as (
         update meta.import_items set outcome = 'waiting', reason = null, attempts = attempts + 1
         where import_id = $1 and outcome = 'failed' and mtime_ns is not null returning size_bytes)
       update meta.imports set failed = 0, seen = seen - (select count(*) from unseen),
         scan_complete = scan_complete and not exists (select from unseen),
         done_bytes = greatest(0, done_bytes - (select coalesce(sum(size_bytes), 0) from again))
       where id = $1`,
      [importId],
    )
    // An export is read from its beginning again.
    await tx.execute(
      `update meta.imports set checkpoint = null, scan_complete = scan_complete or is_archive where id = $1`,
      [importId],
    )
    await enqueueAgain(tx, userId, importId)
  })
}

async function enqueueAgain(tx: Writer, userId: string, importId: string): Promise<void> {
  const row = await tx.one<{ isArchive: boolean }>(`select is_archive as "isArchive" from meta.imports where id = $1`, [
    importId,
  ])
  await enqueue(tx, { kind: row?.isArchive === true ? archiveJob : importJob, userId, payload: { importId } })
}

/** Ends an import early. What is in stays in; the files that were not reached stay listed as waiting. */
export async function cancelImport(context: IntakeContext, userId: string, importId: string): Promise<void> {
  const step = { from: ['running', 'waiting', 'paused'], to: 'cancelled', action: 'imports.cancelled' } as const
  await move(context, userId, importId, step, async (tx) => {
    await tx.execute(`update meta.imports set finished_at = now() where id = $1`, [importId])
  })
  await stopSoon(context, importId)
}

async function stopSoon(context: IntakeContext, importId: string): Promise<void> {
  await Promise.race([context.running.stop(importId), pause(patienceMs)])
}

/**
 * Moves exactly what an import added to the trash, also the objects that an export brought, in one transaction: it is undone,
 * or it is not. Nothing of an import that is
 * undone is stored any more, so one that runs only has to end. Returns how many photos moved.
 */
export async function undoImport(context: IntakeContext, userId: string, importId: string): Promise<number> {
  let moved = 0
  await move(
    context,
    userId,
    importId,
    {
      from: ['running', 'waiting', 'paused', 'done', 'cancelled', 'failed'],
      to: 'undone',
      action: 'imports.undone',
    },
    async (tx) => {
      const rows = await tx.query<{ id: string }>(
        `select distinct media_id as id from meta.import_items
         where import_id = $1 and outcome in ('added', 'damaged', 'later') and media_id is not null`,
        [importId],
      )
      const ids = rows.map((row) => row.id)
      moved = (await trash(tx, userId, 'media', ids)).length
      const objects = await trashRecords(tx, userId, importId, ids)
      return { trashed: moved, ...(objects > 0 && { objects }) }
    },
  )
  await stopSoon(context, importId)
  return moved
}

/**
 * Moves the objects to the trash that an import made besides photos. Links of what is in the trash follow it, as ever; those
 * between things that stay go. Returns how many moved.
 */
async function trashRecords(tx: Writer, userId: string, importId: string, media: readonly string[]): Promise<number> {
  const rows = await tx.query<{ type: ObjectTypeName; id: string }>(
    `select r.object_type as type, r.object_id as id from meta.import_records r
     where r.import_id = $1 and (r.object_type <> 'link' or exists (
       select from core.links l where l.id = r.object_id
         and not (l.from_object_id = any($2::uuid[]) or l.to_object_id = any($2::uuid[]))
         and not exists (select from meta.import_records o where o.import_id = $1
                         and o.object_id in (l.from_object_id, l.to_object_id))))`,
    [importId, media],
  )
  return trashObjects(tx, userId, rows)
}

/** Moves an import from one state to another and does `also` in the same transaction, which answers what the log says besides. */
async function move(
  context: IntakeContext,
  userId: string,
  importId: string,
  step: { readonly from: readonly string[]; readonly to: string; readonly action: (typeof importActions)[number] },
  also: (tx: Writer) => Promise<Readonly<Record<string, number>> | void> = async () => {},
): Promise<void> {
  await context.database.asService(async (tx) => {
    const row = await tx.one<{ status: string; isDryRun: boolean }>(
      `select status, dry_run as "isDryRun" from meta.imports where id = $1 and user_id = $2 for update`,
      [importId, userId],
    )
    if (!row) throw new CofferError('There is no such import.', { code: 'not-found' })
    if (!step.from.includes(row.status) || (row.isDryRun && step.to !== 'cancelled')) {
      throw new CofferError(`This import is ${row.status}, so that is not possible now.`, {
        code: 'import-finished',
      })
    }
    await tx.execute(
      `update meta.imports set status = $2, problem = null, finished_at = case when $2 = 'running' then null else finished_at end
       where id = $1`,
      [importId, step.to],
    )
    const details = (await also(tx)) ?? {}
    // The log does not say either that a preview was begun.
    if (row.isDryRun) await recordChanges(tx, userId, [{ noun: 'imports', objectId: importId, kind: 'changed' }])
    else await record(tx, { userId, action: step.action, ids: [importId], change: 'changed', details })
  })
}
