import { rename } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { messageOf } from '../base/errors.ts'
import { makeFolderInside, removeInside } from '../base/inside.ts'
import { recordChanges } from '../changes/index.ts'
import { hashOpen, keptPath, originalsOf, userFolders, type OriginalRow } from '../files/index.ts'
import { enqueue, type Jobs, type RunningJob } from '../jobs/index.ts'
import { audit } from '../objects/index.ts'
import type { BackupContext } from './context.ts'
import { repositoryOf } from './destinations.ts'
import { extract } from './extract.ts'

export const scrubJob = 'scrub'

/** Every original is looked at about once in this many days. */
const roundDays = 90
const leastFiles = 50
const lookMs = 60 * 60_000
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
    const isHealed = problem !== null && original.storage === 'vault' && (await heal(context, original, signal))
    await note(context, original, isHealed ? null : problem)
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
    tx.execute(`update meta.scrubs set problem = null, verified_at = 'epoch' where media_id = any($1::uuid[])`, [back]),
  )
  return back.length
}

/** As many as can be looked at while somebody waits. */
const mostReturned = 500

/** Tries to bring back every original of a person that was found missing or damaged; returns how many came back. */
export async function healDamaged(context: BackupContext, userId: string, signal: AbortSignal): Promise<number> {
  const hurt = await context.database.asService((tx) =>
    tx.query<Original>(
      `select m.id, m.user_id as "userId", m.hash, m.file_path as path, m.storage
       from meta.scrubs s join vault.media m on m.id = s.media_id where s.user_id = $1 and s.problem is not null`,
      [userId],
    ),
  )
  let healed = 0
  for (const original of hurt) {
    const isHurt = (await problemOf(context, original, signal)) !== null
    // What is only indexed in place is its owner's to bring back.
    if (isHurt && (original.storage !== 'vault' || !(await heal(context, original, signal)))) continue
    await note(context, original, null)
    healed += 1
  }
  return healed
}

/**
 * Brings an original back from a backup whose bytes have the right hash. What was in its place is kept aside in
 * `users/<user>/damaged/`, never removed. True when it is whole again.
 */
async function heal(context: BackupContext, original: Original, signal: AbortSignal): Promise<boolean> {
  const backups = await context.database.asService((tx) =>
    tx.query<{ id: string; path: string }>(
      `select id, path from meta.backups where last_saved_at is not null order by last_saved_at desc`,
    ),
  )
  const users = join(context.vaultDir, 'users')
  const { incoming } = userFolders(context.vaultDir, original.userId)
  const fresh = join(incoming, `healed-${original.id}`)
  for (const backup of backups) {
    try {
      const repository = await repositoryOf(context, backup, {})
      const place = keptPath(context.vaultDir, original.path)
      await makeFolderInside(users, `${original.userId}/incoming`)
      await removeInside(incoming, basename(fresh))
      const whole = await extract(repository, new Map([[original.hash, [fresh]]]), { signal })
      if (!whole.has(original.hash)) continue
      const aside = await makeFolderInside(users, `${original.userId}/damaged`)
      await makeFolderInside(users, dirname(original.path).slice('users/'.length))
      await rename(place, join(aside, basename(place))).catch(() => {})
      await rename(fresh, place)
      await context.database.asService((tx) =>
        audit(tx, original.userId, 'media.healed', { type: 'media', id: original.id }, { backup: backup.id }),
      )
      return true
    } catch (error) {
      // The next backup may have it; without any the damage is reported.
      context.log.warn('not-healed', { media: original.id, message: messageOf(error) })
    }
  }
  return false
}

async function note(context: BackupContext, original: Original, problem: string | null): Promise<void> {
  await context.database.asService(async (tx) => {
    await tx.execute(
      `insert into meta.scrubs (media_id, user_id, problem) values ($1, $2, $3)
       on conflict (media_id) do update set verified_at = now(), problem = excluded.problem`,
      [original.id, original.userId, problem],
    )
    if (problem !== null)
      await recordChanges(tx, original.userId, [{ noun: 'media', objectId: original.id, kind: 'changed' }])
  })
}

/** The handler of `scrubJob`. */
export async function runScrub(context: BackupContext, job: RunningJob): Promise<'done' | 'interrupted'> {
  await scrub(context, job.signal)
  return job.signal.aborted ? 'interrupted' : 'done'
}

/** Enqueues a share of the work once a day while the vault is open. */
export function startScrubSchedule(context: BackupContext, jobs: Jobs): { close(): void } {
  async function look(): Promise<void> {
    const isDue = await context.database.asService(async (tx) => {
      const last = await tx.one(
        `select 1 as x from meta.jobs where kind = $1 and created_at > now() - interval '1 day'
           and status in ('queued', 'running', 'done')`,
        [scrubJob],
      )
      if (last) return false
      await enqueue(tx, { kind: scrubJob, userId: null, payload: {} })
      return true
    })
    if (isDue) jobs.wake()
  }
  let timer: NodeJS.Timeout | undefined
  let isClosed = false
  function plan(ms: number): void {
    if (isClosed) return
    timer = setTimeout(() => {
      look()
        .catch((error: unknown) => context.log.error('scrub-not-started', { message: messageOf(error) }))
        .finally(() => plan(lookMs))
    }, ms)
    timer.unref()
  }
  plan(soonMs)
  return {
    close() {
      isClosed = true
      clearTimeout(timer)
    },
  }
}
