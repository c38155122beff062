import { rename } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { z } from 'zod'
import type { BackupKey } from '../../../contract/index.ts'
import { createAlarm } from '../../base/alarm.ts'
import { CofferError, messageOf } from '../../base/errors.ts'
import { makeFolderInside, removeInside } from '../../base/inside.ts'
import { hashOpen, keptPath, originalsOf, userFolders, type OriginalRow } from '../../files/index.ts'
import type { Reader } from '../../database/index.ts'
import { enqueue, jobKind, type RunningJob } from '../../jobs/index.ts'
import { record } from '../../objects/index.ts'
import type { BackupContext } from '../runs/context.ts'
import { repositoryOf } from '../runs/destinations.ts'
import { extract } from '../restore/extract.ts'
import { noteLooks, type Hurt, type Unhealed } from './hurt.ts'
import type { Repository } from '../repository/repository.ts'

export const scrubJob = jobKind('scrub', z.object({}))

/** Every original is looked at about once in this many days. */
const roundDays = 90
const leastFiles = 50
const dayMs = 24 * 3_600_000
const retryMs = 3_600_000
/** A vault that is opened for minutes only is looked through too. */
const soonMs = 3 * 60_000

interface Original {
  readonly id: string
  readonly userId: string
  readonly hash: string
  readonly path: string
  readonly storage: 'vault' | 'reference'
}

export interface ScrubResult {
  readonly checked: number
  readonly damaged: readonly {
    readonly id: string
    readonly problem: 'missing' | 'damaged'
    readonly isHealed: boolean
  }[]
}

/** Holds the originals that were not looked at for longest against their hashes, a day's share at a time, and heals. */
export async function scrub(
  context: BackupContext,
  signal: AbortSignal,
  olderThanDays = roundDays,
): Promise<ScrubResult> {
  const due = await dueOriginals(context, olderThanDays)
  const damaged: { id: string; problem: 'missing' | 'damaged'; isHealed: boolean }[] = []
  let checked = 0
  for (const original of due) {
    if (signal.aborted) break
    const problem = await problemOf(context, original, signal)
    if (signal.aborted) break
    checked += 1
    const unhealed = problem === null ? null : await heal(context, original, { signal })
    const isHealed = problem !== null && unhealed === null
    await note(context, original, isHealed ? null : problem, unhealed)
    if (problem === null) continue
    damaged.push({ id: original.id, problem, isHealed })
    context.log.error('original-damaged', { media: original.id, problem, healed: isHealed })
  }
  return { checked, damaged }
}

async function dueOriginals(context: BackupContext, olderThanDays: number): Promise<Original[]> {
  return context.database.asService(async (tx) => {
    const all = await tx.one<{ n: number }>(`select count(*) as n from vault.media`)
    const share = Math.max(leastFiles, Math.ceil((all?.n ?? 0) / roundDays))
    return tx.query<Original>(
      `select m.id, m.user_id as "userId", m.hash, m.file_path as path, m.storage
       from vault.media m left join meta.scrubs s on s.media_id = m.id
       where coalesce(s.verified_at, m.created_at) < now() - make_interval(days => $2)
       order by coalesce(s.verified_at, m.created_at) limit $1`,
      [share, olderThanDays],
    )
  })
}

async function problemOf(
  context: BackupContext,
  original: Original,
  signal: AbortSignal,
): Promise<'missing' | 'damaged' | null> {
  const originals = originalsOf(context.vaultDir, context.database)
  // What may not be followed counts as missing, too.
  if ((await originals.stat(original).catch(() => null)) === null) return 'missing'
  try {
    await using file = await originals.open(original)
    const { hash } = await hashOpen(file, signal)
    return hash === original.hash ? null : 'damaged'
  } catch {
    // A disk that cannot give the bytes any more is as good as other bytes.
    return 'damaged'
  }
}

/**
 * Looks whether originals that were found missing are there again, with the size they had: a drive that is connected again brings back
 * what lies on it. Returns how many are. Their bytes are compared when it is their turn.
 */
export async function noteReturned(
  context: Pick<BackupContext, 'vaultDir' | 'database'>,
  userId: string,
): Promise<number> {
  const { database, vaultDir } = context
  const missing = await database.asService((tx) =>
    tx.query<OriginalRow & { id: string; size: number }>(
      `select m.id, m.file_path as path, m.storage, m.size from meta.scrubs s join vault.media m on m.id = s.media_id
       where s.user_id = $1 and s.problem = 'missing' limit ${mostReturned}`,
      [userId],
    ),
  )
  if (missing.length === 0) return 0
  const originals = originalsOf(vaultDir, database)
  const back: string[] = []
  for (const row of missing) {
    const facts = await originals.stat(row).catch(() => null)
    if (facts?.size === row.size) back.push(row.id)
  }
  if (back.length === 0) return 0
  await database.asService((tx) =>
    tx.execute(
      `update meta.scrubs set problem = null, unhealed = null, verified_at = 'epoch' where media_id = any($1::uuid[])`,
      [back],
    ),
  )
  return back.length
}

/** As many as can be looked at while somebody waits. */
const mostReturned = 500

/** An original that is still hurt after all that could be tried. */
export interface StillHurt {
  readonly path: string
  readonly problem: Hurt
  readonly unhealed: Unhealed
}

/**
 * Reads every original of a person that somebody found missing or damaged again, and brings back what still is, from any backup
 * that opens: with the key given, or one that is known. Returns how many came back, how many were whole after all, and the rest.
 */
export async function healDamaged(
  context: BackupContext,
  userId: string,
  options: { readonly signal: AbortSignal; readonly key?: BackupKey },
): Promise<{ healed: number; whole: number; left: readonly StillHurt[] }> {
  const hurt = await context.database.asService((tx) =>
    tx.query<Original>(
      `select m.id, m.user_id as "userId", m.hash, m.file_path as path, m.storage
       from meta.scrubs s join vault.media m on m.id = s.media_id where s.user_id = $1 and s.problem is not null`,
      [userId],
    ),
  )
  const left: StillHurt[] = []
  let healed = 0
  let whole = 0
  for (const original of hurt) {
    options.signal.throwIfAborted()
    const problem = await problemOf(context, original, options.signal)
    const unhealed = problem === null ? null : await heal(context, original, options)
    await note(context, original, unhealed === null ? null : problem, unhealed)
    if (problem === null) whole += 1
    else if (unhealed === null) healed += 1
    else left.push({ path: original.path, problem, unhealed })
  }
  return { healed, whole, left }
}

/**
 * Brings an original back from a backup whose bytes have the right hash. What was in its place is kept aside in
 * `users/<user>/damaged/`, never removed. Null when it is whole again, else why not: a backup that could not be looked into
 * may have it.
 */
async function heal(
  context: BackupContext,
  original: Original,
  { signal, key = {} }: { readonly signal: AbortSignal; readonly key?: BackupKey },
): Promise<Unhealed | null> {
  // What is only indexed in place is its owner's to bring back.
  if (original.storage !== 'vault') return 'elsewhere'
  const backups = await context.database.asService((tx) =>
    tx.query<{ id: string; path: string }>(
      `select id, path from meta.backups where last_saved_at is not null order by last_saved_at desc`,
    ),
  )
  const reasons = new Set<Unhealed>(['no-backup'])
  for (const backup of backups) {
    try {
      const repository = await openedWith(context, backup, key)
      if (await bringBack(context, original, repository, signal)) {
        await context.database.asService((tx) =>
          record(tx, {
            userId: original.userId,
            action: 'media.healed',
            ids: [original.id],
            change: 'changed',
            details: { backup: backup.id },
          }),
        )
        return null
      }
    } catch (error) {
      signal.throwIfAborted()
      // The next backup may have it.
      context.log.warn('not-healed', { media: original.id, message: messageOf(error) })
      const code = error instanceof CofferError ? error.code : null
      if (code === 'backup-wrong-key') reasons.add('needs-key')
      if (code === 'backup-unreachable' || code === 'backup-not-found') reasons.add('unreachable')
    }
  }
  return reasons.has('needs-key') ? 'needs-key' : reasons.has('unreachable') ? 'unreachable' : 'no-backup'
}

/** A key that was given is of one backup; the others open with what is known of them. */
async function openedWith(
  context: BackupContext,
  backup: { readonly id: string; readonly path: string },
  key: BackupKey,
): Promise<Repository> {
  try {
    return await repositoryOf(context, backup, {})
  } catch (error) {
    const isGiven = key.passphrase !== undefined || key.identity !== undefined
    if (!isGiven || !(error instanceof CofferError) || error.code !== 'backup-wrong-key') throw error
    return repositoryOf(context, backup, key)
  }
}

async function bringBack(
  context: BackupContext,
  original: Original,
  repository: Repository,
  signal: AbortSignal,
): Promise<boolean> {
  const users = join(context.vaultDir, 'users')
  const { incoming } = userFolders(context.vaultDir, original.userId)
  const fresh = join(incoming, `healed-${original.id}`)
  const place = keptPath(context.vaultDir, original.path)
  await makeFolderInside(users, `${original.userId}/incoming`)
  await removeInside(incoming, basename(fresh))
  const whole = await extract(repository, new Map([[original.hash, [fresh]]]), { signal })
  if (!whole.has(original.hash)) return false
  const aside = await makeFolderInside(users, `${original.userId}/damaged`)
  await makeFolderInside(users, dirname(original.path).slice('users/'.length))
  await rename(place, join(aside, basename(place))).catch(() => {})
  await rename(fresh, place)
  return true
}

async function note(
  { database }: BackupContext,
  original: Original,
  problem: Hurt | null,
  unhealed: Unhealed | null,
): Promise<void> {
  await noteLooks(database, original.userId, [{ id: original.id, problem }], { isRead: true })
  if (problem === null) return
  await database.asService((tx) =>
    tx.execute(`update meta.scrubs set unhealed = $2 where media_id = $1`, [original.id, unhealed]),
  )
}

/** The handler of `scrubJob`. */
export async function runScrub(context: BackupContext, job: RunningJob): Promise<'done' | 'interrupted'> {
  await scrub(context, job.signal)
  return job.signal.aborted ? 'interrupted' : 'done'
}

/** Enqueues a share of the work once a day while the vault is open; one that failed is tried again after an hour. */
export function startScrubSchedule({ database, log }: BackupContext): { close(): Promise<void> } {
  let looking: Promise<void> = Promise.resolve()
  const alarm = createAlarm(() => setAfter(enqueueWhenDue))

  function setAfter(look: () => Promise<number>): void {
    looking = look().then(
      (inMs) => alarm.set(Date.now() + inMs),
      (error: unknown) => {
        log.error('scrub-not-started', { message: messageOf(error) })
        alarm.set(Date.now() + retryMs)
      },
    )
  }

  /** In how many milliseconds to look again. */
  const enqueueWhenDue = (): Promise<number> =>
    database.asService(async (tx) => {
      const inMs = await dueInMs(tx)
      if (inMs > 0) return inMs
      await enqueue(tx, { kind: scrubJob, userId: null, payload: {} })
      // By then it has been done, or has failed.
      return retryMs
    })

  setAfter(async () => Math.max(await database.asService(dueInMs), soonMs))
  return {
    async close() {
      alarm.close()
      await looking
    },
  }
}

/** In how many milliseconds the next share is due; 0 when it is. */
async function dueInMs(tx: Reader): Promise<number> {
  // One of a day that has not come yet was made while the clock was ahead.
  const row = await tx.one<{ ms: number | null }>(
    `select ceil(extract(epoch from max(case when status = 'failed' then updated_at + interval '1 hour'
                                             else created_at + interval '1 day' end) - now()) * 1000)::double precision as ms
     from meta.jobs where kind = $1 and status in ('queued', 'running', 'done', 'failed')
       and created_at between now() - interval '2 days' and now() + interval '1 hour'`,
    [scrubJob.name],
  )
  return Math.min(Math.max(row?.ms ?? 0, 0), dayMs)
}
