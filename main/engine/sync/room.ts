import type { Log } from '../base/log.ts'
import { isOnBattery } from '../base/power.ts'
import type { Bell } from '../changes/index.ts'
import type { Database } from '../database/index.ts'
import type { IntakeContext } from '../intake/index.ts'
import { handle, type Room, type WorkRegistry } from '../jobs/index.ts'
import { bluesky } from './bluesky/connector.ts'
import type { SyncContext, SyncDetail } from './context.ts'
import type { Fetch } from './http.ts'
import { instagram } from './instagram/connector.ts'
import { endInterrupted, moveOldLogs } from './log.ts'
import { mastodon } from './mastodon/connector.ts'
import { jittered, planSync, syncJob } from './plan.ts'
import { runSync } from './run.ts'
import { createSignIns } from './sign-in.ts'
import { listenToStreams, type Socket } from './streams.ts'
import { strava } from './strava/connector.ts'

/** Days that logs of syncs lie with the newest. */
const logDays = 90

/** Syncs the connections of an open vault. */
export function room(vault: {
  readonly dir: string
  readonly database: Database
  readonly bell: Bell
  readonly log: Log
  readonly work: WorkRegistry
  readonly intake: IntakeContext
  readonly vaultKey: { current(): string | null }
  /** Whether the computer runs on battery, as the process that started the engine said; null when nobody was. */
  toldOnBattery(): boolean | null
  /** The network; tests have one of their own. */
  readonly network?: Fetch | undefined
  /** What streams are listened to through; tests have one of their own. */
  readonly openSocket?: ((address: string) => Socket) | undefined
}): Room & { readonly context: SyncContext } {
  const { dir: vaultDir, database, bell, log, intake } = vault
  const signIns = createSignIns()
  const context: SyncContext = {
    vaultDir,
    database,
    bell,
    log,
    intake,
    running: vault.work.of<SyncDetail>('sync'),
    network: vault.network ?? ((url, init) => fetch(url, init)),
    openSocket: vault.openSocket ?? ((address) => new WebSocket(address)),
    connectors: [bluesky, mastodon, strava, instagram],
    signIns,
    isOnBattery: () => isOnBattery(vault.toldOnBattery()),
    vaultKey: () => vault.vaultKey.current(),
  }
  let stopListening = (): void => {}
  return {
    context,
    jobs: [handle(syncJob, (job) => runSync(context, job))],
    async prepare() {
      await database.asService(async (tx) => {
        await endInterrupted(tx)
        // Imports that fetched media into the library for a sync; what they brought is there.
        await tx.execute(`delete from meta.imports where source = 'sync'`)
        await tx.execute(
          `update ingest.media_downloads set status = 'pending', next_attempt_at = null where status = 'downloading'`,
        )
      })
    },
    async daily() {
      await database.asService((tx) => moveOldLogs(tx, logDays))
    },
    async start() {
      // A restored vault has connections and no plan for them.
      await database.asService(async (tx) => {
        const rows = await tx.query<{ id: string; userId: string; minutes: number }>(
          `select i.id, i.user_id as "userId", i.interval_minutes as minutes from core.integrations i
           where i.deleted_at is null and i.is_enabled and i.auth_kind in ('oauth', 'app_password', 'none')
             and i.status in ('connected', 'error') and i.platform = any($2::text[])
             and not exists (select from meta.jobs j where j.kind = $1 and j.lane = i.id::text and j.status in ('queued', 'running'))`,
          [syncJob.name, context.connectors.map((each) => each.platform)],
        )
        for (const { id, userId } of rows) {
          await planSync(tx, userId, id, { kind: 'scheduled', delayMs: jittered(30_000) })
        }
      })
      stopListening = listenToStreams(context)
    },
    async close() {
      stopListening()
      signIns.close()
    },
  }
}
