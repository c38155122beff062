import { readFile, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { messageOf } from '../base/errors.ts'
import type { Jobs } from '../jobs/index.ts'
import type { BackupContext } from './context.ts'
import { startBackupRun } from './run.ts'

const lookMs = 10 * 60_000
/** After a failure it is tried again this much later, not at the next look. */
const retryHours = 1
const proveEveryDays = 7

/**
 * Starts due backups while the vault is open: when their time has come, their folder is there, nothing is being imported,
 * and the computer is not on battery (where the system tells).
 */
export function startBackupSchedule(
  context: BackupContext,
  jobs: Jobs,
  isBusy: () => boolean,
): { lookNow(): Promise<void>; close(): void } {
  const timer = setInterval(() => void lookNow(), lookMs)
  timer.unref()

  async function lookNow(): Promise<void> {
    try {
      if (isBusy() || context.live.isRunning() || (await isOnBattery())) return
      for (const due of await dueBackups(context)) {
        const isThere = await stat(join(due.path, 'repository.age')).catch(() => null)
        if (!isThere) continue
        // Without a key there is nothing to do until the person gives the passphrase; the screen says so.
        await startBackupRun(context, due.userId, due.id, { kind: due.kind }).catch((error: unknown) => {
          context.log.warn('backup-not-started', { message: messageOf(error) })
        })
      }
      jobs.wake()
    } catch (error) {
      context.log.error('backup-schedule-failed', { message: messageOf(error) })
    }
  }

  return { lookNow, close: () => clearInterval(timer) }
}

interface Due {
  readonly id: string
  readonly userId: string
  readonly path: string
  readonly kind: 'create' | 'prove'
}

/** Backups whose time has come, and those not proven restorable for a week. */
async function dueBackups(context: BackupContext): Promise<Due[]> {
  return context.database.asService((tx) =>
    tx.query<Due>(
      `select b.id, b.user_id as "userId", b.path,
              case when coalesce(b.last_saved_at, '-infinity') < now() - make_interval(hours => b.every_hours)
                   then 'create' else 'prove' end as kind
       from meta.backups b
       where b.is_enabled
         and not exists (select 1 from meta.backup_runs r where r.backup_id = b.id
               and (r.status = 'running' or r.status = 'failed' and r.started_at > now() - make_interval(hours => ${retryHours})))
         and (coalesce(b.last_saved_at, '-infinity') < now() - make_interval(hours => b.every_hours)
              or coalesce(b.last_proven_at, '-infinity') < now() - make_interval(days => ${proveEveryDays}))`,
    ),
  )
}

/** Linux tells in /sys; elsewhere a running backup is left to the person. */
async function isOnBattery(): Promise<boolean> {
  if (process.platform !== 'linux') return false
  const folder = '/sys/class/power_supply'
  const names = await readdir(folder).catch(() => [])
  const read = (name: string, file: string): Promise<string> =>
    readFile(join(folder, name, file), 'utf8').then(
      (text) => text.trim(),
      () => '',
    )
  const supplies = await Promise.all(
    names.map(async (name) => ({ type: await read(name, 'type'), online: await read(name, 'online') })),
  )
  const mains = supplies.filter((each) => each.type === 'Mains' || each.type === 'USB')
  return mains.length > 0 && mains.every((each) => each.online === '0')
}
