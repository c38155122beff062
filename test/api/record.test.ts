import assert from 'node:assert/strict'
import { mkdir, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { test, type TestContext } from 'vitest'
import {
  allEndpoints,
  apiRoot,
  objectTypes,
  offeredTypeNames,
  type Album,
  type Backup,
  type Connection,
  type Import,
  type Person,
  type Session,
  type TimelinePage,
} from '../../main/contract/index.ts'
import { testVault } from '../support/engine.ts'
import { jpeg, settledFile } from '../support/pictures.ts'

/** What is done to every type of object without verbs of its own is one piece of code, which notes stand for here. */
const sameAsNotes = new Set(
  offeredTypeNames
    .filter((type) => objectTypes[type].hasOwnVerbs !== true && !['note', 'link', 'integration'].includes(type))
    .map((type) => objectTypes[type].path),
)

/**
 * What changes something and leaves no line in the log, as it was reviewed, and why not. Anyone who adds an endpoint that writes
 * either records what it does and shows it below, or gives a reason here.
 */
const quiet: Readonly<Record<string, string>> = {
  'POST /backup-file/cancel': 'nothing of the file is left; that it was begun is in the log',
  'POST /backups/{id}/snapshots': 'reads; the key it is given is used and not stored as a change',
  'POST /connections/sign-ins': 'nothing is connected yet; the connection it becomes has a line',
  'DELETE /connections/sign-ins/{id}': 'nothing was connected',
  'POST /database/migrate': 'the schema, of which nobody owns anything',
  'POST /database/rollback': 'the log itself may be stepped back by it',
  'POST /doctor': 'each original it brings back has a line of its own',
  'POST /erasures': 'the log goes with everything else; one line is left, which the test of erasing reads',
  'POST /passwords/strength': 'only measures',
  'POST /restore': 'writes another vault, whose log comes with it',

  'POST /restore/albums': 'reads a repository',
  'POST /restore/cancel': 'ends what writes another vault',
  'POST /restore/snapshots': 'reads a repository',
  'POST /sessions/refresh': 'the session goes on as it was',
  'POST /vault/create': 'the first line of a new vault is that of its first person',
  'POST /vault/open': 'changes no vault',
  'POST /vault/trust': 'changes what this computer thinks of a vault, not the vault',
}

const writing = allEndpoints.filter((each) => !each.isReading).map(({ method, path }) => `${method} ${path}`)

const password = 'four quiet green chairs'

/** Ann’s vault, and a way to do things in it that tells which of them left a line. */
async function walk(t: TestContext) {
  const vault = await testVault(t)
  const { database, jobs } = vault.engine.vault()
  const silent: string[] = []
  const shown = new Set<string>()
  let as = vault
  const lines = async (): Promise<number> => {
    await jobs.settled()
    // Over everybody: what one person does to another is in both logs.
    const row = await database.asService((tx) => tx.one<{ n: number }>(`select count(*) as n from core.audit_log`))
    return row?.n ?? 0
  }
  /** Does something by an endpoint (`POST /albums/{id}/media`) and notes it where the log does not grow. */
  async function does<T>(place: string, params: readonly string[] = [], body?: unknown): Promise<T> {
    assert.ok(writing.includes(place), `${place} is not a writing endpoint`)
    shown.add(place)
    const [method = '', path = ''] = place.split(' ')
    const rest = [...params]
    const before = await lines()
    const answer = await as.ask<T>(
      method,
      path.replaceAll(/\{\w+\}/g, () => rest.shift() ?? ''),
      body,
    )
    assert.ok(answer.status < 300, `${place}: ${answer.status} ${JSON.stringify(answer.body)}`)
    if ((await lines()) === before) silent.push(place)
    return answer.body
  }
  const become = async (name: string, ...rest: string[]): Promise<void> => {
    as = await vault.as(name, ...rest)
  }
  return { vault, does, become, me: () => as, lines, silent, shown, jobs }
}

test('every endpoint that writes leaves a line in the log, or is reviewed as quiet', async (t) => {
  const { vault, does, become, me, lines, silent, shown, jobs } = await walk(t)
  const camera = join(vault.folder, 'camera')
  await mkdir(camera)
  for (const number of [1, 2, 3]) await settledFile(join(camera, `${number}.jpg`), await jpeg(number))

  const brought = await does<Import>('POST /imports', [], { paths: [camera] })
  await vault.until(brought.id, (now) => now.status === 'done')
  await jobs.settled()
  const ids = (await vault.get<TimelinePage>('/timeline/tiles')).items.map((tile) => tile.id)
  const [first = '', second = '', third = ''] = ids

  // Photos, one and many.
  await does('PATCH /media/{id}', [first], { description: 'by the sea' })
  await does('POST /media/{id}/revert', [first], { version: 0 })
  await does('DELETE /media/{id}', [first])
  await does('POST /media/{id}/restore', [first])
  await does('POST /media/favourites', [], { ids, isFavorite: true })
  await does('POST /media/tags', [], { ids, name: 'sea', isTagged: true })
  const change = { to: 'shift', seconds: 60 }
  const shifted = await does<{ change: string }>('POST /media/dates', [], { ids, change })
  await does('POST /media/undo', [], { change: shifted.change })
  await does('POST /media/places', [], { ids, place: { latitude: 53.5, longitude: 10 } })
  await does('POST /media/trash', [], { ids: [first, second] })
  await does('POST /media/restore', [], { ids: [second] })
  await does('POST /trash/purge', [], { ids: [first] })

  const form = new FormData()
  form.set('file', new File([new Uint8Array(await jpeg(9))], 'sent.jpg'))
  const before = await lines()
  const headers = { 'x-coffer-secret': vault.engine.secret }
  const sent = await vault.engine.fetch(
    new Request(`http://coffer${apiRoot}/media/upload`, { method: 'POST', headers, body: form }),
  )
  assert.equal(sent.status, 201)
  shown.add('POST /media/upload')
  if ((await lines()) === before) silent.push('POST /media/upload')

  // Albums, and the trash of everything but photos.
  const album = await does<Album>('POST /albums', [], { name: 'Lanterns' })
  await does('PATCH /albums/{id}', [album.id], { name: 'Lights' })
  await does('POST /albums/{id}/revert', [album.id], { version: 0 })
  await does('POST /albums/{id}/media', [album.id], { ids: [second, third] })
  await does('POST /albums/{id}/media/move', [album.id], { ids: [third], before: second })
  await does('POST /albums/{id}/media/remove', [album.id], { ids: [third] })
  await does('DELETE /albums/{id}', [album.id])
  await does('POST /albums/{id}/restore', [album.id])
  const items = [{ type: 'album', id: album.id }]
  await does('POST /trash/objects', [], { items })
  await does('POST /trash/objects/restore', [], { items })
  await does('POST /trash/objects', [], { items })
  await does('POST /trash/objects/purge', [], { items })
  await does('POST /media/trash', [], { ids: [third] })
  await does('DELETE /trash')

  // Objects of every other type.
  const note = await does<{ id: string }>('POST /notes', [], { title: 'Oil', body: 'For the lanterns.' })
  const integration = { platform: 'bluesky', username: 'ann' }
  const link = { from_object_id: note.id, from_object_type: 'note', to_object_id: second, to_object_type: 'media' }
  const inputs = { notes: { title: 'Matches' }, links: { ...link, link_type: 'related_to' }, integrations: integration }
  for (const [path, input] of Object.entries(inputs)) {
    const made = await does<{ id: string }>(`POST /${path}`, [], input)
    await does(`PATCH /${path}/{id}`, [made.id], { metadata: { custom: { seen: true } } })
    if (path !== 'links') await does(`POST /${path}/{id}/revert`, [made.id], { version: 0 })
    await does(`DELETE /${path}/{id}`, [made.id])
    await does(`POST /${path}/{id}/restore`, [made.id])
    await does(`DELETE /${path}/{id}`, [made.id])
    await does(`POST /${path}/{id}/purge`, [made.id])
  }

  // Imports: one that waits can be moved by hand.
  const { database } = vault.engine.vault()
  const setStatus = (status: string): Promise<number> =>
    database.asService((tx) => tx.execute(`update meta.imports set status = $2 where id = $1`, [brought.id, status]))
  await setStatus('waiting')
  await does('POST /imports/{id}/pause', [brought.id])
  await does('POST /imports/{id}/resume', [brought.id])
  await setStatus('failed')
  await does('POST /imports/{id}/retry', [brought.id])
  await setStatus('waiting')
  await does('POST /imports/{id}/cancel', [brought.id])
  await does('POST /imports/{id}/undo', [brought.id])

  // Connections. What is asked of the service here is answered by a server that knows nothing.
  const service = createServer((request, answer) => {
    const isName = request.url?.includes('resolveHandle') === true
    answer.writeHead(isName ? 200 : 500).end(isName ? JSON.stringify({ did: `did:plc:${'a'.repeat(24)}` }) : '{}')
  })
  await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve))
  t.onTestFinished(() => void service.close())
  const { port } = service.address() as AddressInfo
  const account = { platform: 'bluesky', server: `http://127.0.0.1:${port}`, handle: 'ann.test' }
  const { id: connected } = await does<Connection>('POST /connections', [], account)
  await does('PATCH /connections/{id}', [connected], { intervalMinutes: 30 })
  for (const verb of ['sync', 'pause', 'resume', 'retry']) await does(`POST /connections/{id}/${verb}`, [connected])
  await does('POST /connections/{id}/disconnect', [connected], { erase: true })

  // Watched folders.
  const inbox = join(vault.folder, 'inbox')
  await mkdir(inbox)
  const watched = await does<{ id: string }>('POST /watched-folders', [], { path: inbox })
  await does('PATCH /watched-folders/{id}', [watched.id], { status: 'paused' })
  await does('DELETE /watched-folders/{id}', [watched.id])

  // Backups and exports.
  const { backup } = await does<{ backup: Backup }>('POST /backups', [], {
    path: join(vault.folder, 'backup'),
    passphrase: password,
    isEnabled: false,
  })
  await does('PATCH /backups/{id}', [backup.id], { everyHours: 5 })
  await does('POST /backups/{id}/runs', [backup.id], { kind: 'create' })
  const underWay = (): Promise<number> =>
    database.asService((tx) =>
      tx.execute(
        `insert into meta.backup_runs (backup_id, user_id, kind) select id, user_id, 'create' from meta.backups where id = $1`,
        [backup.id],
      ),
    )
  await underWay()
  await does('POST /backups/{id}/pause', [backup.id])
  await does('POST /backups/{id}/resume', [backup.id])
  await underWay()
  await does('POST /backups/{id}/cancel', [backup.id])
  await does('POST /backups/{id}/keys', [backup.id], { kind: 'recovery' })
  await does('DELETE /backups/{id}/keys/{name}', [backup.id, 'recovery'])
  await does('DELETE /backups/{id}', [backup.id])
  await does('POST /backup-file', [], { path: join(vault.folder, 'all.coffer'), passphrase: password })
  const exported = await does<{ id: string }>('POST /exports', [], { path: join(vault.folder, 'export') })
  // One that still waits is stopped where it is.
  await database.asService((tx) =>
    tx.execute(`update meta.jobs set status = 'queued', run_after = now() + interval '1 day' where id = $1`, [
      exported.id,
    ]),
  )
  await does('POST /exports/{id}/cancel', [exported.id])
  await rm(join(vault.folder, 'export'), { recursive: true })

  // Stored keys, programs, people and sessions.
  await does('PUT /stored-keys/passphrase', [], { passphrase: password })
  await does('POST /stored-keys/unlock', [], { passphrase: password })
  const token = await does<{ id: string }>('POST /tokens', [], { name: 'frame', scope: 'read' })
  await does('DELETE /tokens/{id}', [token.id])
  const [ann = { id: '' }] = (await vault.get<{ items: Person[] }>('/users')).items
  await does('PUT /users/{id}/password', [ann.id], { password })
  await become('ann', password)
  await does('DELETE /users/{id}/password', [ann.id], { current: password })
  await does('POST /users', [], { username: 'ben', password })
  await become('ann')
  await does('PATCH /users/{id}', [ann.id], { displayName: 'Ann' })
  await does('POST /sessions', [], { username: 'ben', password })
  await become('ben', password)
  await does('DELETE /sessions/current')
  await become('ben', password)
  const [session] = (await me().get<{ items: Session[] }>('/sessions')).items
  await does('DELETE /sessions/{id}', [session?.id ?? ''])
  await become('ben', password)
  await does('DELETE /sessions')

  const reviewed = new Set([...shown, ...Object.keys(quiet)])
  const unknown = writing.filter((place) => !reviewed.has(place) && !sameAsNotes.has(place.split(/[ /]+/)[1] ?? ''))
  const gone = Object.keys(quiet).filter((place) => !writing.includes(place))
  assert.deepEqual({ silent, unknown, gone }, { silent: [], unknown: [], gone: [] })
})
