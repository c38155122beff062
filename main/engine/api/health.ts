import { createRoute, z } from '@hono/zod-openapi'
import { databaseSchema, doctorSchema, healthSchema, statusSchema, type Health } from '../../contract/index.ts'
import { healDamaged, listBackups } from '../backup/index.ts'
import { libraryTotals, rebuildThumbnails, recount, verifyLibrary } from '../library/index.ts'
import { listImports } from '../library/intake/index.ts'
import type { Engine } from './port.ts'
import { callerOf, json, newPart, type ApiApp } from './context.ts'

const placed = z.object({ id: z.string(), path: z.string(), reason: z.string() })
const verifySchema = z.object({
  checked: z.int(),
  missing: z.array(placed),
  damaged: z.array(placed),
  orphans: z.array(z.object({ path: z.string() })),
})
export function healthRoutes(engine: Engine): ApiApp {
  const part = newPart()
  part.openapi(
    createRoute({
      method: 'get',
      path: '/status',
      summary: 'Counts, sizes, database engine, last import, problems',
      responses: { 200: json(statusSchema, 'How the vault is.') },
    }),
    async (c) => {
      const { vault, userId } = await callerOf(engine, c.req.raw)
      const { totals, imports } = await vault.database.read(userId, async (tx) => ({
        totals: await libraryTotals(tx),
        imports: await listImports(tx, vault.live, 1),
      }))
      const hurt = await vault.database.read(userId, (tx) =>
        tx.one<{ n: number; posts: number; lastSync: string | null }>(
          `select count(*) as n, (select count(*) from vault.posts where deleted_at is null) as posts,
             (select max(last_sync_at) from core.integrations where deleted_at is null) as "lastSync"
           from meta.scrubs where problem is not null`,
        ),
      )
      const info = await vault.database.info()
      const backups = await listBackups(vault.backup, userId)
      const failing = backups.flatMap((each) =>
        each.problem === null ? [] : [{ code: 'backup', message: each.problem }],
      )
      const [last] = imports
      const waiting = last?.problem ? [{ code: 'import-waits', message: last.problem }] : []
      return c.json(
        {
          media: totals.media,
          albums: totals.albums,
          posts: hurt?.posts ?? 0,
          bytes: totals.bytes,
          trashed: totals.trashed,
          database: { engine: info.engine, version: info.version },
          lastImport: last ? { id: last.id, finishedAt: last.finishedAt, status: last.status } : null,
          lastSync: hurt?.lastSync ?? null,
          lastBackup: backups.reduce<string | null>((last, each) => newer(last, each.lastSavedAt), null),
          problems: [...(await vault.database.health()), ...waiting, ...failing, ...lost(hurt?.n ?? 0)],
        },
        200,
      )
    },
  )
  part.openapi(
    createRoute({
      method: 'get',
      path: '/health',
      summary: 'How the database is: sizes, tidiness, work that waits or failed, problems',
      responses: { 200: json(healthSchema, 'Figures of the server and of stored work.') },
    }),
    async (c) => {
      const { vault } = await callerOf(engine, c.req.raw)
      const { database } = vault
      const work = await database.asService((tx) =>
        tx.one<Health['jobs']>(
          `select count(*) filter (where status = 'queued') as queued, count(*) filter (where status = 'running') as running,
                  count(*) filter (where status = 'failed') as failed,
                  min(created_at) filter (where status in ('queued', 'running')) as oldest
           from meta.jobs`,
        ),
      )
      const [info, figures] = [await database.info(), await database.figures()]
      return c.json(
        {
          database: {
            ...info,
            ...figures,
            tables: [...figures.tables],
            unusedIndexes: [...figures.unusedIndexes],
          },
          jobs: work ?? { queued: 0, running: 0, failed: 0, oldest: null },
          problems: await database.health(),
        },
        200,
      )
    },
  )
  part.openapi(
    createRoute({
      method: 'post',
      path: '/verify',
      summary: 'Hold every original against the database',
      request: { query: z.object({ quick: z.enum(['true', 'false']).default('false') }) },
      responses: { 200: json(verifySchema, 'What is missing, damaged, or in no row.') },
    }),
    async (c) => {
      const { vault, userId } = await callerOf(engine, c.req.raw)
      const quick = c.req.valid('query').quick === 'true'
      const { database, dir: vaultDir } = vault
      return c.json(await verifyLibrary({ database, vaultDir, userId, quick }, c.req.raw.signal), 200)
    },
  )
  part.openapi(
    createRoute({
      method: 'post',
      path: '/doctor',
      summary: 'Explain what is wrong and repair what can be repaired',
      responses: {
        200: json(doctorSchema, 'What was done and what is left.'),
      },
    }),
    async (c) => {
      const { vault, userId } = await callerOf(engine, c.req.raw)
      const { database, workers, dir: vaultDir } = vault
      const repaired: string[] = []
      const made = await rebuildThumbnails({ database, workers, vaultDir, userId })
      if (made > 0) repaired.push(`Made ${made} missing thumbnails again.`)
      const healed = await healDamaged(vault.backup, userId, c.req.raw.signal)
      if (healed > 0) repaired.push(`Brought ${healed} originals back from a backup.`)
      const counts = await recount(database)
      if (counts.length > 0) repaired.push(`Counted anew what was wrong: ${counts.join(', ')}.`)
      await database.maintain('vacuum')
      await database.maintain('analyze')
      await database.maintain('checkpoint')
      const report = await verifyLibrary({ database, vaultDir, userId, quick: true })
      const problems = [
        ...(await database.health()),
        ...report.missing.map((each) => ({ code: 'file-missing', message: `${each.path}: ${each.reason}` })),
        ...report.damaged.map((each) => ({ code: 'file-damaged', message: `${each.path}: ${each.reason}` })),
        ...report.orphans.map((each) => ({ code: 'file-unknown', message: `${each.path}: no item speaks of it.` })),
      ]
      return c.json({ repaired, problems }, 200)
    },
  )
  part.openapi(
    createRoute({
      method: 'post',
      path: '/sql',
      summary: 'One read-only statement as this person; row-level security applies',
      request: { body: { required: true, ...json(z.object({ sql: z.string().min(1).max(100_000) }), '') } },
      responses: {
        200: json(z.object({ columns: z.array(z.string()), rows: z.array(z.array(z.unknown())) }), 'The rows.'),
      },
    }),
    async (c) => {
      const { vault, userId } = await callerOf(engine, c.req.raw)
      return c.json(await vault.database.runUserSql(userId, c.req.valid('json').sql), 200)
    },
  )
  part.openapi(
    createRoute({
      method: 'get',
      path: '/database',
      summary: 'The database engine and schema version',
      responses: { 200: json(databaseSchema, 'The database.') },
    }),
    async (c) => c.json(await engine.vault().database.info(), 200),
  )
  part.openapi(
    createRoute({
      method: 'post',
      path: '/database/migrate',
      summary: 'Bring the schema to this program’s version',
      responses: { 200: json(z.object({ from: z.int(), to: z.int() }), 'The versions before and after.') },
    }),
    async (c) => c.json(await engine.vault().database.migrate(), 200),
  )
  part.openapi(
    createRoute({
      method: 'post',
      path: '/database/rollback',
      summary: 'Step the schema back to an older version',
      request: { body: { required: true, ...json(z.object({ to: z.int().nonnegative() }), '') } },
      responses: { 200: json(databaseSchema, 'The database afterwards.') },
    }),
    async (c) => {
      const { database } = engine.vault()
      await database.rollback(c.req.valid('json').to)
      return c.json(await database.info(), 200)
    },
  )
  return part
}

function newer(left: string | null, right: string | null): string | null {
  return left === null || (right !== null && right > left) ? right : left
}

/** What the daily look at originals found and no backup could mend. */
function lost(count: number): { code: string; message: string }[] {
  if (count === 0) return []
  const message = `${count} originals are missing or damaged, and no backup has them. Connect the drive with your backup and run “coffer doctor”.`
  return [{ code: 'original-damaged', message }]
}
