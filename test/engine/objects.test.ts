import assert from 'node:assert/strict'
import { test } from 'vitest'
import * as fc from 'fast-check'
import type { AnyObject } from '../../main/contract/index.ts'
import { createAlbum } from '../../main/engine/albums/index.ts'
import type { Database, Writer } from '../../main/engine/database/index.ts'
import {
  createLink,
  createObject,
  forgetOldKeys,
  historyOf,
  once,
  purgeOldObjects,
  readObject,
  restore,
  revertObject,
  trash,
  updateObject,
} from '../../main/engine/objects/index.ts'
import { newVault } from '../database/support.ts'

const text = fc.constantFrom('', 'one', 'two', 'drei', '雪')
const step = fc.oneof(
  fc.record({ kind: fc.constant('make' as const), title: text, body: text }),
  fc.record({ kind: fc.constant('edit' as const), pick: fc.nat(5), title: text }),
  fc.record({ kind: fc.constant('write' as const), pick: fc.nat(5), body: text, pinned: fc.boolean() }),
  fc.record({ kind: fc.constant('trash' as const), pick: fc.nat(5) }),
  fc.record({ kind: fc.constant('restore' as const), pick: fc.nat(5) }),
  fc.record({ kind: fc.constant('revert' as const), pick: fc.nat(5), version: fc.nat(4) }),
)
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never

interface Note {
  readonly id: string
  isTrashed: boolean
  /** What it was as it was made and after each version. */
  readonly states: { title: string; body: string; pinned: boolean }[]
}

/** The same step on the vault and on the model; what the model forbids must be refused. */
async function take(tx: Writer, user: string, notes: Note[], move: Step): Promise<void> {
  if (move.kind === 'make') {
    const made = await createObject(tx, user, 'note', { title: move.title, body: move.body })
    notes.push({ id: made.id, isTrashed: false, states: [{ title: move.title, body: move.body, pinned: false }] })
    return
  }
  const note = notes[move.pick % Math.max(notes.length, 1)]
  if (!note) return
  const now = note.states.at(-1) ?? { title: '', body: '', pinned: false }
  if (move.kind === 'trash' || move.kind === 'restore') {
    const verb = move.kind === 'trash' ? trash : restore
    const moved = await verb(tx, user, 'notes', [note.id])
    assert.equal(moved.length === 1, note.isTrashed === (move.kind === 'restore'))
    note.isTrashed = move.kind === 'trash'
    return
  }
  const isRevert = move.kind === 'revert'
  const wanted = isRevert ? note.states[move.version] : now
  const after = isRevert
    ? wanted
    : { ...now, ...(move.kind === 'edit' ? { title: move.title } : { body: move.body, pinned: move.pinned }) }
  const work = isRevert
    ? revertObject(tx, user, 'note', note.id, move.version)
    : updateObject(
        tx,
        user,
        'note',
        note.id,
        move.kind === 'edit' ? { title: move.title } : { body: move.body, pinned: move.pinned },
      )
  if (note.isTrashed || !after) return assert.rejects(work, { code: 'not-found' })
  await work
  if (JSON.stringify(after) !== JSON.stringify(now)) note.states.push(after)
}

test('any changes to objects leave what a model of them says, with a history that leads back', async (t) => {
  const { database, users } = await newVault(t)
  const [ann] = users
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
      const notes: Note[] = []
      for (const each of steps) await database.write(ann, (tx) => take(tx, ann, notes, each))
      await database.read(ann, async (tx) => {
        for (const note of notes) {
          const found = await readObject(tx, ann, 'note', note.id)
          const { title, body, pinned }: Partial<AnyObject> = found ?? {}
          assert.deepEqual([{ title, body, pinned }, found?.deleted_at !== null], [note.states.at(-1), note.isTrashed])
          const history = await historyOf(tx, ann, 'note', note.id)
          assert.equal(history.length, note.states.length - 1)
        }
      })
    }),
    { numRuns: 25 },
  )
})

async function age(database: Database, table: string, column: string, days: number): Promise<void> {
  await database.asService((tx) =>
    tx.execute(`update ${table} set ${column} = now() - make_interval(days => $1)`, [days]),
  )
}

test('what has lain in the trash for its time goes for good, with links and history, and leaves a tombstone', async (t) => {
  const { database, users } = await newVault(t, 'ann', 'ben')
  const [ann, ben = ''] = users
  const { note, album, kept } = await database.write(ann, async (tx) => {
    const made = await createObject(tx, ann, 'note', { body: 'x' })
    const other = await createAlbum(tx, ann, { name: 'A' })
    await createLink(tx, ann, {
      from_object_id: made.id,
      from_object_type: 'note',
      to_object_id: other.id,
      to_object_type: 'album',
      link_type: 'related_to',
    })
    await updateObject(tx, ann, 'note', made.id, { body: 'y' })
    await trash(tx, ann, 'notes', [made.id])
    const young = await createObject(tx, ann, 'task', { title: 'young' })
    await trash(tx, ann, 'tasks', [young.id])
    return { note: made.id, album: other.id, kept: young.id }
  })
  const account = await database.write(ann, async (tx) => {
    const made = await createObject(tx, ann, 'integration', { platform: 'bluesky' })
    await trash(tx, ann, 'integrations', [made.id])
    return made.id
  })
  await database.asService((tx) =>
    createObject(tx, ann, 'post', {
      account_id: account,
      platform: 'bluesky',
      platform_post_id: '1',
      created_at_platform: '2026-01-01T00:00:00Z',
    }),
  )
  assert.equal(await purgeOldObjects(database, 30), 0)
  await age(database, 'vault.notes', 'deleted_at', 31)
  await age(database, 'core.integrations', 'deleted_at', 31)
  assert.equal(await purgeOldObjects(database, 30), 1, 'the note; the connection has a post')
  const left = await database.asService((tx) =>
    tx.one(
      `select (select count(*) from core.links where $1 in (from_object_id, to_object_id)) as links,
         (select count(*) from meta.object_versions where object_id = $1) as versions,
         (select type from meta.tombstones where object_id = $1) as stone,
         (select array_agg(id) from core.objects where id in ($1, $2, $3, $4)) @> array[$2, $3, $4]::uuid[] as others`,
      [note, album, kept, account],
    ),
  )
  assert.deepEqual(left, { links: 0, versions: 0, stone: 'note', others: true })
  const log = await database.read(ann, (tx) =>
    tx.query(`select action, resource_id as id from core.audit_log where action = 'notes.purged'`),
  )
  assert.deepEqual(log, [{ action: 'notes.purged', id: note }])
  assert.deepEqual(await database.read(ben, (tx) => tx.query(`select object_id from meta.tombstones`)), [])
})

test('keys of requests are forgotten in their time', async (t) => {
  const { database, users } = await newVault(t)
  const [ann] = users
  await database.write(ann, (tx) => once(tx, ann, { key: 'k', request: 'r' }, async () => ({ status: 201, body: {} })))
  assert.equal(await forgetOldKeys(database, 7), 0)
  await age(database, 'meta.idempotency_keys', 'created_at', 8)
  assert.equal(await forgetOldKeys(database, 7), 1)
})
