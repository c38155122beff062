import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { createHash } from 'node:crypto'
import type { Writer } from '../../main/engine/database/index.ts'
import { newVault } from './support.ts'

const day = fc.constantFrom(null, '2024-02-29T23:59:59.9', '2024-03-01T00:00:00', '1969-12-31T12:00:00')
const pick = fc.integer({ min: 0, max: 5 })
const step = fc.oneof(
  fc.record({ kind: fc.constant('add' as const), days: fc.array(day, { minLength: 1, maxLength: 4 }) }),
  fc.record({ kind: fc.constant('date' as const), pick, to: day }),
  fc.record({ kind: fc.constant('refer' as const), pick }),
  fc.record({ kind: fc.constant('trash' as const), pick }),
  fc.record({ kind: fc.constant('restore' as const), pick }),
  fc.record({ kind: fc.constant('purge' as const), pick }),
  fc.record({ kind: fc.constant('link' as const), pick }),
  fc.record({ kind: fc.constant('unlink' as const), pick }),
)

let files = 0

async function take(
  tx: Writer,
  user: string,
  album: string,
  move: typeof step extends fc.Arbitrary<infer S> ? S : never,
) {
  if (move.kind === 'add') {
    const rows = move.days.map((takenLocal) => {
      files += 1
      return { takenLocal, size: files, hash: createHash('sha256').update(String(files)).digest('hex') }
    })
    await tx.execute(
      `insert into vault.media (user_id, filename, media_type, mime_type, size, file_path, hash, taken_local)
       select $1, 'f.jpg', 'photo', 'image/jpeg', r.size, 'f', r.hash, r."takenLocal"
       from jsonb_to_recordset($2::jsonb) as r (size bigint, hash text, "takenLocal" timestamp)`,
      [user, JSON.stringify(rows)],
    )
    return
  }
  // Every sixth item, so that a statement touches several rows or none.
  const some = `user_id = $1 and (size % 6) = $2`
  if (move.kind === 'date')
    await tx.execute(`update vault.media set taken_local = $3 where ${some}`, [user, move.pick, move.to])
  if (move.kind === 'refer')
    await tx.execute(`update vault.media set storage = 'reference', size = size + 6 where ${some}`, [user, move.pick])
  if (move.kind === 'trash')
    await tx.execute(`update vault.media set deleted_at = now() where ${some}`, [user, move.pick])
  if (move.kind === 'restore')
    await tx.execute(`update vault.media set deleted_at = null where ${some}`, [user, move.pick])
  if (move.kind === 'purge')
    await tx.execute(`delete from vault.media where ${some} and deleted_at is not null`, [user, move.pick])
  if (move.kind === 'link') {
    await tx.execute(
      `insert into core.links (user_id, from_object_id, from_object_type, to_object_id, to_object_type, link_type)
       select user_id, $3, 'album', id, 'media', 'contains' from vault.media where ${some} on conflict do nothing`,
      [user, move.pick, album],
    )
  }
  if (move.kind === 'unlink') {
    await tx.execute(
      `update core.links set deleted_at = now() where deleted_at is null
       and to_object_id in (select id from vault.media where ${some})`,
      [user, move.pick],
    )
  }
}

const kept = `select (select coalesce(jsonb_object_agg(day, media_count), '{}') from read.media_day_counts
    where user_id = $1 and media_count <> 0) as days,
  (select jsonb_build_array(media_count, bytes, trashed_count) from read.user_totals where user_id = $1) as totals,
  (select media_count from vault.albums where user_id = $1) as "inAlbum",
  (select added - removed from meta.row_ledger where user_id = $1 and table_name = 'vault.media') as rows,
  (select count(*) from core.objects where user_id = $1 and type = 'media') as objects,
  (select storage_used from core.users where id = $1) as used`

const recounted = `select (select coalesce(jsonb_object_agg(day, n), '{}') from (
    select coalesce(taken_local::date, 'infinity') as day, count(*) as n from vault.media
    where user_id = $1 and deleted_at is null group by 1) d) as days,
  jsonb_build_array(count(*) filter (where deleted_at is null), coalesce(sum(size) filter (where deleted_at is null), 0),
    count(*) filter (where deleted_at is not null)) as totals,
  (select count(*) from core.links l join vault.media m on m.id = l.to_object_id
    where l.user_id = $1 and l.deleted_at is null and m.deleted_at is null and l.link_type = 'contains') as "inAlbum",
  count(*) as rows, count(*) as objects, coalesce(sum(size) filter (where storage = 'vault'), 0)::bigint as used from vault.media where user_id = $1`

test('day counts, totals, storage, album counts and the ledger agree with a recount after any changes', async (t) => {
  const { database } = await newVault(t)
  let people = 0
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
      people += 1
      const { user, album } = await database.asService(async (tx) => {
        const made = await tx.one<{ id: string }>(`insert into core.users (username) values ($1) returning id`, [
          `p${people}`,
        ])
        const own = await tx.one<{ id: string }>(
          `insert into vault.albums (user_id, name) values ($1, 'a') returning id`,
          [made?.id],
        )
        await tx.execute(
          `insert into vault.media (user_id, filename, media_type, mime_type, size, file_path, hash)
           values ($1, 'f', 'photo', 'image/jpeg', 6, 'f', repeat('0', 64))`,
          [made?.id],
        )
        return { user: made?.id ?? '', album: own?.id ?? '' }
      })
      for (const each of steps) await database.asService((tx) => take(tx, user, album, each))
      const ask = (sql: string) => database.asService((tx) => tx.one(sql, [user]))
      assert.deepEqual(await ask(kept), await ask(recounted))
    }),
    { numRuns: 40 },
  )
})

test('a person who is deleted leaves no rows behind', async (t) => {
  const { database, users } = await newVault(t)
  await database.asService(async (tx) => {
    await take(tx, users[0], '', { kind: 'add', days: [null, '2024-03-01T00:00:00'] })
    await tx.execute(`delete from core.users where id = $1`, [users[0]])
  })
  const left = await database.asService((tx) =>
    tx.one(`select (select count(*) from vault.media) as media, (select count(*) from core.objects) as objects,
      (select count(*) from read.user_totals) as totals, (select count(*) from read.media_day_counts) as days`),
  )
  assert.deepEqual(left, { media: 0, objects: 0, totals: 0, days: 0 })
})

test('links to objects that are missing, foreign or of a wrong kind are refused by the database', async (t) => {
  const { database, users } = await newVault(t, 'ann', 'ben')
  const [ann, ben = ''] = users
  const make = (user: string) =>
    database.write(user, async (tx) => {
      const row = await tx.one<{ id: string }>(
        `insert into vault.albums (user_id, name) values ($1, 'a') returning id`,
        [user],
      )
      return row?.id ?? ''
    })
  const [mine, mineToo, theirs] = [await make(ann), await make(ann), await make(ben)]
  const link = (from: string, to: string, kind: string, toType = 'album') =>
    database.write(ann, (tx) =>
      tx.execute(
        `insert into core.links (user_id, from_object_id, from_object_type, to_object_id, to_object_type, link_type)
         values ($1, $2, 'album', $3, $4, $5)`,
        [ann, from, to, toType, kind],
      ),
    )
  const outcome = async (work: Promise<unknown>) =>
    work.then(
      () => 'made',
      (error: { code?: string }) => error.code,
    )
  assert.deepEqual(
    [
      await outcome(link(mine, theirs, 'related_to')),
      await outcome(link(mine, '00000000-0000-7000-8000-000000000000', 'related_to')),
      await outcome(link(mine, mineToo, 'contains')),
      await outcome(link(mine, mine, 'related_to')),
      await outcome(link(mine, mineToo, 'friend_of')),
      await outcome(link(mine, mineToo, 'related_to')),
      await outcome(link(mineToo, mine, 'related_to')),
    ],
    ['23503', '23503', '23514', '23514', '23503', 'made', '23505'],
  )
})
