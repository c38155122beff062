import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { messageOf } from '../base/errors.ts'
import type { Jobs } from '../jobs/index.ts'
import type { BackupContext } from './context.ts'
import { isProofDue, isSaveDue } from './due.ts'
import { startBackupRun } from './run.ts'

/** A vault that is opened for five minutes a day is backed up too; its first minute belongs to the person. */
const soonMs = 60_000
const lookMs = 10 * 60_000
/** After a failure it is tried again this much later, not at the next look. */
const retryHours = 1

/**
 * Starts due backups while the vault is open: when their time has come, their folder is there, nothing is being imported,
 * and the computer is not on battery (where the system tells). One that waits is looked at again after a minute.
 */
export function startBackupSchedule(context: BackupContext, jobs: Jobs): { lookNow(): Promise<void>; close(): void } {
  let timer: NodeJS.Timeout | undefined
  let isClosed = false
  plan(soonMs)

  function plan(ms: number): void {
    clearTimeout(timer)
    if (isClosed) return
    timer = setTimeout(() => void lookNow(), ms)
    timer.unref()
  }

  async function lookNow(): Promise<void> {
    let next = lookMs
    try {
      if (context.isBusy() || context.live.isRunning() || (await context.isOnBattery())) next = soonMs
      else {
        for (const due of await dueBackups(context)) {
          next = soonMs
          const isThere = await stat(join(due.path, 'repository.age')).catch(() => null)
          if (!isThere) continue
          // Without a key there is nothing to do until the person gives the passphrase; the screen says so.
          await startBackupRun(context, due.userId, due.id, { kind: due.kind }).catch((error: unknown) => {
            context.log.warn('backup-not-started', { message: messageOf(error) })
          })
        }
        jobs.wake()
      }
    } catch (error) {
      context.log.error('backup-schedule-failed', { message: messageOf(error) })
    }
    plan(next)
  }

  return {
    lookNow,
    close() {
      isClosed = true
      clearTimeout(timer)
    },
  }
}

interface Due {
  readonly id: string
  readonly userId: string
  readonly path: string
  readonly kind: 'create' | 'prove'
}

/** Backups whose time has come, and those not proven restorable for a week. One that was paused waits for its person. */
async function dueBackups(context: BackupContext): Promise<Due[]> {
  return context.database.asService((tx) =>
    tx.query<Due>(
      `select b.id, b.user_id as "userId", b.path, case when ${isSaveDue} then 'create' else 'prove' end as kind
       from meta.backups b
       where b.is_enabled and (${isSaveDue} or ${isProofDue})
         and not exists (select 1 from meta.backup_runs r where r.backup_id = b.id
               and (r.status in ('running', 'paused')
                    or r.status = 'failed' and r.started_at between now() - make_interval(hours => ${retryHours}) and now()))`,
    ),
  )
}
