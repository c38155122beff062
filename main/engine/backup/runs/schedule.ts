import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { createAlarm } from '../../base/alarm.ts'
import { CofferError, messageOf } from '../../base/errors.ts'
import type { BackupContext } from './context.ts'
import { isProofDue, isSaveDue, nextDueAt } from './due.ts'
import { startBackupRun } from './run.ts'

/** A vault that is opened for five minutes a day is backed up too; its first minute, and that after a change, belongs to the person. */
const soonMs = 60_000
/** How often it is looked whether drives are there and what due backups wait for. */
const lookMs = 30_000
/** After a failure it is tried again this much later. */
const retryHours = 1
const longestPauseMs = retryHours * 3_600_000

export interface BackupSchedule {
  /** Looks which backups are due, and starts those that nothing stands in the way of. */
  lookNow(): Promise<void>
  close(): Promise<void>
}

interface Planned {
  readonly id: string
  readonly userId: string
  readonly path: string
  readonly kind: 'create' | 'prove'
  /** In how many milliseconds it is due; 0 and less: it is. Null: not by itself. */
  readonly inMs: number | null
}

/** A due backup that could not be started, and when that is tried again. */
interface Refusal {
  /** The keys it was tried with, where it needs another. */
  readonly keys: string | null
  readonly times: number
  readonly againAt: number
}

/**
 * Starts due backups while the vault is open: when their time has come, their folder is there, nothing is being imported,
 * and the computer is not on battery (where the system tells). The database is asked what is due when the vault was opened, when
 * something changed about backups, and when the next one's time comes. What stands in the way of those that are due, and whether
 * their drives are there, is looked at twice a minute without it.
 */
export function startBackupSchedule(context: BackupContext): BackupSchedule {
  const { database, log } = context
  /** Null when it has to be read again. */
  let planned: readonly Planned[] | null = null
  let plannedAt = 0
  let startsFrom = Date.now() + soonMs
  const refused = new Map<string, Refusal>()
  /** What people were last shown of drives and of what is waited for. */
  let shown: string | null = null
  let isClosed = false
  const alarm = createAlarm((setBackMs) => {
    if (setBackMs > 0) planned = null
    void look()
  })
  const stopListening = database.onCommit('backups', () => {
    planned = null
    startsFrom = Date.now() + soonMs
    alarm.set(Date.now() + lookMs)
  })
  let turn: Promise<void> = plan().catch((error: unknown) => {
    log.error('backup-schedule-failed', { message: messageOf(error) })
  })
  alarm.set(Date.now() + lookMs)

  const look = (): Promise<void> => (turn = turn.then(lookOnce))

  async function lookOnce(): Promise<void> {
    if (isClosed) return
    try {
      if (planned === null || untilNextMs(planned) <= 0) await plan()
      await startDue(planned ?? [])
    } catch (error) {
      log.error('backup-schedule-failed', { message: messageOf(error) })
    }
    // Without a backup there is nothing to look at.
    const isNone = planned !== null && planned.length === 0
    alarm.set(isNone ? null : Date.now() + Math.min(untilNextMs(planned ?? []), lookMs))
  }

  async function plan(): Promise<void> {
    planned = await plannedBackups(context)
    plannedAt = Date.now()
  }

  /** Until the first of those becomes due that are not. */
  function untilNextMs(rows: readonly Planned[]): number {
    const left = rows.flatMap(({ inMs }) => (inMs !== null && inMs > 0 ? [plannedAt + inMs - Date.now()] : []))
    return Math.min(...left, Number.MAX_SAFE_INTEGER)
  }

  async function startDue(rows: readonly Planned[]): Promise<void> {
    const due = rows.filter(({ inMs }) => inMs !== null && inMs <= 0)
    const there = new Set<string>()
    for (const { path } of rows) if (await isRepositoryAt(path)) there.add(path)
    const isHeld = due.length > 0 && (context.isBusy() || context.running.isRunning() || (await context.isOnBattery()))
    show(rows, JSON.stringify([[...there], due.map((each) => each.id), isHeld]))
    if (isHeld || isTooSoon()) return
    for (const each of due) if (there.has(each.path) && mayTry(each)) await start(each)
  }

  function isTooSoon(): boolean {
    // The clock may have been set back since.
    startsFrom = Math.min(startsFrom, Date.now() + soonMs)
    return Date.now() < startsFrom
  }

  /** Anyone who shows backups shows what they wait for, which nothing stored tells. */
  function show(rows: readonly Planned[], now: string): void {
    if (shown !== null && shown !== now) {
      for (const userId of new Set(rows.map((each) => each.userId))) context.bell.showAgain(userId, 'backups')
    }
    shown = now
  }

  function keysOf(id: string): string {
    return JSON.stringify([context.keys.get(id), context.storeKey])
  }

  function mayTry({ id }: Planned): boolean {
    const last = refused.get(id)
    if (!last) return true
    if (last.keys !== null) return last.keys !== keysOf(id)
    return Date.now() >= last.againAt || last.againAt > Date.now() + longestPauseMs
  }

  async function start({ id, userId, kind }: Planned): Promise<void> {
    try {
      await startBackupRun(context, userId, id, { kind })
      refused.delete(id)
    } catch (error) {
      // Without a key there is nothing to do until the person gives the passphrase; the screen says so.
      log.warn('backup-not-started', { message: messageOf(error) })
      const times = (refused.get(id)?.times ?? 0) + 1
      refused.set(id, {
        keys: error instanceof CofferError && error.code === 'backup-wrong-key' ? keysOf(id) : null,
        times,
        againAt: Date.now() + Math.min(soonMs * 2 ** (times - 1), longestPauseMs),
      })
    }
  }

  return {
    async lookNow() {
      planned = null
      startsFrom = Date.now()
      refused.clear()
      await look()
    },
    async close() {
      isClosed = true
      stopListening()
      alarm.close()
      await turn
    },
  }
}

function isRepositoryAt(path: string): Promise<boolean> {
  return stat(join(path, 'repository.age')).then(
    () => true,
    () => false,
  )
}

/**
 * All backups, with when they are due: when their time has come, or when they were not proven restorable for a week, but not right
 * after a failure. One that was paused waits for its person.
 */
async function plannedBackups(context: BackupContext): Promise<readonly Planned[]> {
  return context.database.asService((tx) =>
    tx.query<Planned>(
      `select b.id, b.user_id as "userId", b.path, case when ${isSaveDue} then 'create' else 'prove' end as kind,
              case when b.is_enabled and not exists (select 1 from meta.backup_runs r
                     where r.backup_id = b.id and r.status in ('running', 'paused'))
                then ceil(extract(epoch from greatest(failed.again_at,
                  case when ${isSaveDue} or ${isProofDue} then now() else ${nextDueAt} end) - now()) * 1000)::double precision
              end as "inMs"
       from meta.backups b left join lateral (
         select max(r.started_at) + make_interval(hours => ${retryHours}) as again_at from meta.backup_runs r
         where r.backup_id = b.id and r.status = 'failed' and r.started_at <= now()) failed on true
       order by b.id`,
    ),
  )
}
