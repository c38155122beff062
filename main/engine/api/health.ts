import { healthEndpoints, type Health } from '../../contract/index.ts'
import { messageOf } from '../base/errors.ts'
import { plural } from '../base/plural.ts'
import { healDamaged, listBackups, noteLooks, noteReturned, type Unhealed } from '../backup/index.ts'
import { listImports } from '../intake/index.ts'
import { libraryTotals, rebuildThumbnails, recount, verifyLibrary } from '../library/index.ts'
import { verifyAudit } from '../objects/index.ts'
import { readAs } from './context.ts'
import type { On } from './mount.ts'
import { parkedOf, parkedProblem, retryParkedOf } from './parked.ts'
import type { Engine } from './port.ts'
import {
  changedLog,
  failingBackup,
  hurtOriginals,
  problemsOf,
  stillHurt,
  unknownFile,
  waitingImport,
} from './problems.ts'

export function healthRoutes(on: On, engine: Engine): void {
  on(healthEndpoints.status, async ({ caller }) => {
    const { vault, userId } = caller
    // A vault that can be written to no more still says how it is.
    await noteReturned(vault.backup, userId).catch((error: unknown) => {
      vault.log.warn('originals-not-noted', { message: messageOf(error) })
    })
    const { totals, imports, more } = await readAs(caller, async (tx) => ({
      totals: await libraryTotals(tx),
      imports: await listImports(tx, vault.intake.running, 1),
      more: await tx.one<{
        hurt: Partial<Record<Unhealed | 'untried', number>> | null
        checked: number
        lastCheckedAt: string | null
        posts: number
        lastSync: string | null
      }>(
        `select (select jsonb_object_agg(why, n) from (select coalesce(unhealed, 'untried') as why, count(*) as n
                   from meta.scrubs where problem is not null group by 1) hurt) as hurt, count(*) as checked,
                max(verified_at) as "lastCheckedAt",
                (select count(*) from vault.posts where deleted_at is null) as posts,
                (select max(last_sync_at) from core.integrations where deleted_at is null) as "lastSync"
         from meta.scrubs`,
      ),
    }))
    const info = await vault.database.info()
    const backups = await listBackups(vault.backup, userId)
    const failing = backups.flatMap(failingBackup)
    const [last] = imports
    const parked = (await parkedOf(vault, userId)).map(parkedProblem)
    return {
      media: totals.media,
      albums: totals.albums,
      posts: more?.posts ?? 0,
      bytes: totals.bytes,
      trashed: totals.trashed,
      database: { engine: info.engine, version: info.version },
      lastImport: last ? { id: last.id, finishedAt: last.finishedAt, status: last.status } : null,
      lastSync: more?.lastSync ?? null,
      lastBackup: backups.reduce<string | null>((latest, each) => newer(latest, each.lastSavedAt), null),
      originals: { checked: more?.checked ?? 0, lastCheckedAt: more?.lastCheckedAt ?? null },
      problems: [
        ...(await problemsOf(caller)),
        ...(last ? waitingImport(last) : []),
        ...parked,
        ...failing,
        ...hurtOriginals(more?.hurt ?? {}),
      ],
    }
  })
  on(healthEndpoints.health, async ({ caller }) => {
    const { database } = caller.vault
    const jobs = await database.asService((tx) =>
      tx.one<Health['jobs']>(
        `select count(*) filter (where status = 'queued') as queued, count(*) filter (where status = 'running') as running,
                count(*) filter (where status = 'failed') as failed,
                count(*) filter (where status = 'parked') as parked,
                min(created_at) filter (where status in ('queued', 'running')) as oldest
         from meta.jobs`,
      ),
    )
    const [info, figures] = [await database.info(), await database.figures()]
    return {
      database: { ...info, ...figures, tables: [...figures.tables], unusedIndexes: [...figures.unusedIndexes] },
      jobs: jobs ?? { queued: 0, running: 0, failed: 0, parked: 0, oldest: null },
      problems: await problemsOf(caller),
    }
  })
  on(healthEndpoints.verify, async ({ caller, query: { quick }, request }) => {
    const { vault, userId } = caller
    const { database, dir: vaultDir } = vault
    const report = await verifyLibrary({ database, vaultDir, userId, quick }, request.signal, (looks) =>
      noteLooks(database, userId, looks, { isRead: !quick }),
    )
    const { brokenAt } = await readAs(caller, (tx) => verifyAudit(tx, userId))
    const log = changedLog(brokenAt).map(({ message }) => ({ id: userId, path: 'audit log', reason: message }))
    return { ...report, damaged: [...report.damaged, ...log] }
  })
  on(healthEndpoints.doctor, async ({ caller, request, body: key }) => {
    const { vault, userId } = caller
    const { database, workers, dir: vaultDir } = vault
    const repaired: string[] = []
    const again = await retryParkedOf(vault, userId)
    if (again > 0) repaired.push(`Restarted ${again === 1 ? 'a job' : `${again} jobs`} that had been set aside.`)
    const made = await rebuildThumbnails({ database, workers, vaultDir, userId })
    if (made > 0) repaired.push(`Recreated ${plural(made, 'missing thumbnail', 'missing thumbnails')}.`)
    const report = await verifyLibrary({ database, vaultDir, userId, quick: true }, request.signal, (looks) =>
      noteLooks(database, userId, looks, { isRead: false }),
    )
    const { healed, left } = await healDamaged(vault.backup, userId, { signal: request.signal, key })
    if (healed > 0) repaired.push(`Restored ${plural(healed, 'original', 'originals')} from a backup.`)
    const counts = await recount(database)
    if (counts.length > 0) repaired.push(`Corrected counts: ${counts.join(', ')}.`)
    await database.maintain('vacuum')
    await database.maintain('analyze')
    await database.maintain('checkpoint')
    const { brokenAt } = await readAs(caller, (tx) => verifyAudit(tx, userId))
    const problems = [
      ...(await problemsOf(caller)),
      ...changedLog(brokenAt),
      ...left.map(stillHurt),
      ...report.orphans.map(({ path }) => unknownFile(path)),
    ]
    return { repaired, problems }
  })
  on(healthEndpoints.sql, ({ caller: { vault, userId }, body }) => vault.database.runUserSql(userId, body.sql))
  on(healthEndpoints.database, ({ caller: { vault } }) => vault.database.info())
  on(healthEndpoints.migrate, ({ caller: { vault } }) => vault.database.migrate())
  on(healthEndpoints.rollback, ({ body }) => engine.stepBack(body.to))
}

function newer(left: string | null, right: string | null): string | null {
  return left === null || (right !== null && right > left) ? right : left
}
