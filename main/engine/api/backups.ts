import { createRoute, z } from '@hono/zod-openapi'
import {
  archiveStateSchema,
  backupEditSchema,
  backupKeySchema,
  backupRunSchema,
  backupSchema,
  backupWaySchema,
  listSnapshotAlbumsSchema,
  listSnapshotsSchema,
  newBackupAnswerSchema,
  newBackupSchema,
  newBackupWayAnswerSchema,
  newBackupWaySchema,
  newArchiveSchema,
  restoreStateSchema,
  runBackupSchema,
  snapshotAlbumsSchema,
  snapshotListSchema,
  startRestoreSchema,
} from '../../contract/index.ts'
import {
  addBackup,
  addBackupWay,
  backupRuns,
  backupWays,
  cancelBackup,
  editBackup,
  listBackups,
  pauseBackup,
  readBackup,
  removeBackup,
  removeBackupWay,
  repositoryOf,
  resumeBackup,
  snapshotList,
  startBackupRun,
} from '../backup/index.ts'
import type { Engine } from './port.ts'
import { callerOf, idParam, json, newPart, type ApiApp } from './context.ts'

const verbs = {
  pause: { run: pauseBackup, summary: 'Stop a backup where it is; it stays paused over restarts' },
  resume: { run: resumeBackup, summary: 'Go on with a paused backup' },
  cancel: {
    run: cancelBackup,
    summary: 'Stop the run; the repository stays valid and the next run goes on from there',
  },
} as const

export function backupRoutes(engine: Engine): ApiApp {
  const part = newPart()
  part.openapi(
    createRoute({
      method: 'get',
      path: '/backups',
      summary: 'Where the vault is backed up to, and how that fares',
      responses: { 200: json(z.object({ backups: z.array(backupSchema) }), 'Backups with live figures.') },
    }),
    async (c) => {
      const { vault, userId } = await callerOf(engine, c.req.raw)
      return c.json({ backups: await listBackups(vault.backup, userId) }, 200)
    },
  )
  part.openapi(
    createRoute({
      method: 'post',
      path: '/backups',
      summary: 'Make a repository in an empty folder, or take up the one that is there',
      request: { body: { required: true, ...json(newBackupSchema, '') } },
      responses: { 201: json(newBackupAnswerSchema, 'The backup; a new recovery key is shown this once.') },
    }),
    async (c) => {
      const { vault, userId } = await callerOf(engine, c.req.raw)
      const answer = await addBackup(vault.backup, userId, c.req.valid('json'))
      vault.bell.ring(userId)
      return c.json(answer, 201)
    },
  )
  part.openapi(
    createRoute({
      method: 'get',
      path: '/backups/{id}',
      summary: 'One backup',
      request: { params: idParam },
      responses: { 200: json(backupSchema, 'The backup.') },
    }),
    async (c) => {
      const { vault, userId } = await callerOf(engine, c.req.raw)
      return c.json(await readBackup(vault.backup, userId, c.req.valid('param').id), 200)
    },
  )
  part.openapi(
    createRoute({
      method: 'patch',
      path: '/backups/{id}',
      summary: 'Change when it runs, what it holds and keeps, or its passphrase',
      request: { params: idParam, body: { required: true, ...json(backupEditSchema, '') } },
      responses: { 200: json(backupSchema, 'The backup afterwards.') },
    }),
    async (c) => {
      const { vault, userId } = await callerOf(engine, c.req.raw)
      const backup = await editBackup(vault.backup, userId, c.req.valid('param').id, c.req.valid('json'))
      vault.bell.ring(userId)
      return c.json(backup, 200)
    },
  )
  part.openapi(
    createRoute({
      method: 'delete',
      path: '/backups/{id}',
      summary: 'Stop backing up there; what is there stays',
      request: { params: idParam },
      responses: { 204: { description: 'It is used no more.' } },
    }),
    async (c) => {
      const { vault, userId } = await callerOf(engine, c.req.raw)
      await removeBackup(vault.backup, userId, c.req.valid('param').id)
      vault.bell.ring(userId)
      return c.body(null, 204)
    },
  )
  part.openapi(
    createRoute({
      method: 'post',
      path: '/backups/{id}/runs',
      summary: 'Back up, check, prove or prune now',
      request: { params: idParam, body: { required: true, ...json(runBackupSchema, '') } },
      responses: { 202: json(backupRunSchema, 'The run has been stored and begins.') },
    }),
    async (c) => {
      const { vault, userId } = await callerOf(engine, c.req.raw)
      const { id } = c.req.valid('param')
      const runId = await startBackupRun(vault.backup, userId, id, c.req.valid('json'))
      vault.jobs.wake()
      vault.bell.ring(userId)
      const runs = await vault.database.read(userId, (tx) => backupRuns(tx, id))
      const run = runs.find((each) => each.id === runId)
      if (!run) throw new Error('a backup run was not stored')
      return c.json(run, 202)
    },
  )
  part.openapi(
    createRoute({
      method: 'get',
      path: '/backups/{id}/runs',
      summary: 'What was done with a backup, newest first',
      request: { params: idParam },
      responses: { 200: json(z.object({ runs: z.array(backupRunSchema) }), 'Runs.') },
    }),
    async (c) => {
      const { vault, userId } = await callerOf(engine, c.req.raw)
      const { id } = c.req.valid('param')
      await readBackup(vault.backup, userId, id)
      return c.json({ runs: await vault.database.read(userId, (tx) => backupRuns(tx, id)) }, 200)
    },
  )
  for (const [name, { run, summary }] of Object.entries(verbs)) {
    part.openapi(
      createRoute({
        method: 'post',
        path: `/backups/{id}/${name}`,
        summary,
        request: { params: idParam },
        responses: { 200: json(backupSchema, 'The backup.') },
      }),
      async (c) => {
        const { vault, userId } = await callerOf(engine, c.req.raw)
        const { id } = c.req.valid('param')
        await run(vault.backup, userId, id)
        vault.jobs.wake()
        vault.bell.ring(userId)
        return c.json(await readBackup(vault.backup, userId, id), 200)
      },
    )
  }
  part.openapi(
    createRoute({
      method: 'post',
      path: '/backups/{id}/snapshots',
      summary: 'The snapshots of a backup; a key only where the vault has none for it',
      request: { params: idParam, body: { required: true, ...json(backupKeySchema, '') } },
      responses: { 200: json(snapshotListSchema, 'Snapshots, newest first.') },
    }),
    async (c) => {
      const { vault, userId } = await callerOf(engine, c.req.raw)
      const backup = await readBackup(vault.backup, userId, c.req.valid('param').id)
      return c.json(await snapshotList(await repositoryOf(vault.backup, backup, c.req.valid('json'))), 200)
    },
  )
  addKeyRoutes(part, engine)
  return part
}

/** What opens a backup. All but seeing it needs the key the vault knows; `…/snapshots` takes one where it knows none. */
function addKeyRoutes(part: ApiApp, engine: Engine): void {
  part.openapi(
    createRoute({
      method: 'get',
      path: '/backups/{id}/keys',
      summary: 'What opens a backup: passphrase, recovery key and trusted people by the names of their keys',
      request: { params: idParam },
      responses: { 200: json(z.object({ keys: z.array(backupWaySchema) }), 'Ways in, never the keys themselves.') },
    }),
    async (c) => {
      const { vault, userId } = await callerOf(engine, c.req.raw)
      return c.json({ keys: await backupWays(vault.backup, userId, c.req.valid('param').id) }, 200)
    },
  )
  part.openapi(
    createRoute({
      method: 'post',
      path: '/backups/{id}/keys',
      summary: 'Let a new recovery key, or the public age key of somebody trusted, open a backup',
      request: { params: idParam, body: { required: true, ...json(newBackupWaySchema, '') } },
      responses: { 201: json(newBackupWayAnswerSchema, 'All ways in; a new recovery key is shown this once.') },
    }),
    async (c) => {
      const { vault, userId } = await callerOf(engine, c.req.raw)
      const answer = await addBackupWay(vault.backup, userId, c.req.valid('param').id, c.req.valid('json'))
      vault.bell.ring(userId)
      return c.json(answer, 201)
    },
  )
  part.openapi(
    createRoute({
      method: 'delete',
      path: '/backups/{id}/keys/{name}',
      summary: 'Remove a way into a backup, but the last; who opened it before may still know the repository key',
      request: { params: idParam.extend({ name: z.string().min(1).max(200) }) },
      responses: { 204: { description: 'It opens the backup no more.' } },
    }),
    async (c) => {
      const { vault, userId } = await callerOf(engine, c.req.raw)
      const { id, name } = c.req.valid('param')
      await removeBackupWay(vault.backup, userId, id, name)
      vault.bell.ring(userId)
      return c.body(null, 204)
    },
  )
}

/** One encrypted file with everything. Written while the engine runs, never by itself: nobody keeps its passphrase. */
export function archiveRoutes(engine: Engine): ApiApp {
  const part = newPart()
  part.openapi(
    createRoute({
      method: 'post',
      path: '/backup-file',
      summary: 'Write everything into one encrypted file',
      request: { body: { required: true, ...json(newArchiveSchema, '') } },
      responses: { 202: json(archiveStateSchema, 'It is being written.') },
    }),
    async (c) => {
      const { vault } = await callerOf(engine, c.req.raw)
      return c.json(await vault.archiver.start(c.req.valid('json')), 202)
    },
  )
  part.openapi(
    createRoute({
      method: 'get',
      path: '/backup-file',
      summary: 'How the backup file fares',
      responses: { 200: json(archiveStateSchema, 'Live figures.') },
    }),
    (c) => c.json(engine.vault().archiver.state(), 200),
  )
  part.openapi(
    createRoute({
      method: 'post',
      path: '/backup-file/cancel',
      summary: 'Stop writing the backup file; nothing of it is left',
      responses: { 200: json(archiveStateSchema, 'How it stands.') },
    }),
    async (c) => {
      const { archiver } = engine.vault()
      archiver.cancel()
      await archiver.settled()
      return c.json(archiver.state(), 200)
    },
  )
  return part
}

/** Restoring needs no vault: it is how a first start on another computer begins. */
export function restoreRoutes(engine: Engine): ApiApp {
  const part = newPart()
  part.openapi(
    createRoute({
      method: 'post',
      path: '/restore/snapshots',
      summary: 'What a repository holds',
      request: { body: { required: true, ...json(listSnapshotsSchema, '') } },
      responses: { 200: json(snapshotListSchema, 'Snapshots, newest first.') },
    }),
    async (c) => c.json(await engine.restorer.snapshots(c.req.valid('json')), 200),
  )
  part.openapi(
    createRoute({
      method: 'post',
      path: '/restore/albums',
      summary: 'The albums of one snapshot, to choose from',
      request: { body: { required: true, ...json(listSnapshotAlbumsSchema, '') } },
      responses: { 200: json(snapshotAlbumsSchema, 'By name, with the files each would bring back.') },
    }),
    async (c) => c.json(await engine.restorer.albums(c.req.valid('json')), 200),
  )
  part.openapi(
    createRoute({
      method: 'post',
      path: '/restore',
      summary: 'Restore a whole vault into an empty folder, or some photos and albums into any',
      request: { body: { required: true, ...json(startRestoreSchema, '') } },
      responses: { 202: json(restoreStateSchema, 'It runs.') },
    }),
    async (c) => c.json(await engine.restorer.start(c.req.valid('json')), 202),
  )
  part.openapi(
    createRoute({
      method: 'get',
      path: '/restore',
      summary: 'How the restore fares',
      responses: { 200: json(restoreStateSchema, 'Live figures.') },
    }),
    (c) => c.json(engine.restorer.state(), 200),
  )
  part.openapi(
    createRoute({
      method: 'post',
      path: '/restore/cancel',
      summary: 'Stop the restore; the half-filled folder can be restored into again',
      responses: { 200: json(restoreStateSchema, 'How it stands.') },
    }),
    async (c) => {
      engine.restorer.cancel()
      await engine.restorer.settled()
      return c.json(engine.restorer.state(), 200)
    },
  )
  return part
}
