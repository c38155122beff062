import assert from 'node:assert/strict'
import { test } from 'vitest'
import * as fc from 'fast-check'
import { createHash } from 'node:crypto'
import type { Writer } from '../../main/engine/database/index.ts'
import { recount } from '../../main/engine/library/index.ts'
import { newVault } from './support.ts'

const day = fc.constantFrom(null, '2024-02-29T23:59:59.9', '2024-03-01T00:00:00', '1969-12-31T12:00:00')
const place = fc.constantFrom(null, [34.0195, -118.4912], [34.02, -118.49], [90, -180], [-90, 180])
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
  fc.record({ kind: fc.constant('cover' as const), pick }),
  fc.record({ kind: fc.constant('place' as const), pick, to: place }),
  fc.record({ kind: fc.constant('word' as const), pick, to: fc.constantFrom([], ['Sea'], ['sea', 'SUN', '']) }),
  fc.record({ kind: fc.constant('tag' as const), pick }),
  fc.record({ kind: fc.constant('rename' as const), to: fc.constantFrom('Sea', 'Hill') }),
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
  if (move.kind === 'cover') {
    await tx.execute(
      `update vault.albums a set cover_media_id = (select l.to_object_id from core.links l join vault.media m on m.id = l.to_object_id
         where l.from_object_id = a.id and l.deleted_at is null and m.size % 6 = $2 limit 1) where user_id = $1`,
      [user, move.pick],
    )
  }
  if (move.kind === 'place') {
    await tx.execute(`update vault.media set latitude = $3, longitude = $4 where ${some}`, [
      user,
      move.pick,
      ...(move.to ?? [null, null]),
    ])
  }
  if (move.kind === 'word') {
    await tx.execute(`update vault.media set metadata = jsonb_build_object('tags', $3::jsonb) where ${some}`, [
      user,
      move.pick,
      JSON.stringify(move.to),
    ])
  }
  if (move.kind === 'tag') {
    await tx.execute(
      `insert into core.links (user_id, from_object_id, from_object_type, to_object_id, to_object_type, link_type)
       select m.user_id, m.id, 'media', t.id, 'tag', 'tagged_with' from vault.media m join vault.tags t on t.user_id = m.user_id
       where m.${some} on conflict do nothing`,
      [user, move.pick],
    )
  }
  if (move.kind === 'rename') await tx.execute(`update vault.tags set name = $2 where user_id = $1`, [user, move.to])
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
  (select coalesce(jsonb_object_agg(zoom || '/' || x || '/' || y, jsonb_build_array(media_count, latitude_sum, longitude_sum)), '{}')
    from read.geo_cells where user_id = $1 and media_count <> 0) as cells,
  (select coalesce(jsonb_object_agg(word || media_id, jsonb_build_array(tag_id is not null, taken_local)), '{}')
    from read.media_tags where user_id = $1) as words,
  false as "isCoverStrange",
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
  (select coalesce(jsonb_object_agg(zoom || '/' || x || '/' || y, jsonb_build_array(n, lat, lon)), '{}') from (
    select zoom, floor((longitude + 180) / 360 * (1 << zoom)) as x, floor((latitude + 90) / 360 * (1 << zoom)) as y, count(*) as n,
      sum(round(latitude * 1e6)) as lat, sum(round(longitude * 1e6)) as lon
    from vault.media, unnest(array[2, 5, 8, 11, 14]) zoom where user_id = $1 and deleted_at is null and latitude is not null
    group by 1, 2, 3) c) as cells,
  (select coalesce(jsonb_object_agg(word || id, jsonb_build_array(tagged, taken_local)), '{}') from (
    select w.word, m.id, m.taken_local, bool_or(w.tagged) as tagged from vault.media m cross join lateral (
      select lower(t.name) as word, true as tagged from vault.tags t join core.links l on l.to_object_id = t.id
        where l.from_object_id = m.id and l.deleted_at is null and t.deleted_at is null
      union all select lower(e), false from jsonb_array_elements_text(coalesce(m.metadata -> 'tags', '[]')) e where e <> '') w
    where m.user_id = $1 and m.deleted_at is null group by 1, 2, 3) d) as words,
  exists (select from vault.albums a where user_id = $1 and cover_media_id is not null and not exists (select from core.links l
    where l.from_object_id = a.id and l.to_object_id = a.cover_media_id and l.deleted_at is null)) as "isCoverStrange",
  count(*) as rows, count(*) as objects,
  coalesce(sum(size) filter (where storage = 'vault'), 0)::bigint as used from vault.media where user_id = $1`

const remains = `select (select count(*) from core.objects where user_id = $1) as objects,
  (select count(*) from core.links where user_id = $1) as links, (select count(*) from read.media_tags where user_id = $1) as words,
  (select count(*) from read.geo_cells where user_id = $1) as cells,
  (select count(*) from meta.object_versions where user_id = $1) as versions`

test('day counts, totals, storage, album counts and covers, words, map squares and the ledger agree with a recount after any changes', async (t) => {
  const { database } = await newVault(t)
  let people = 0
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 16 }), async (steps) => {
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
        await tx.execute(`insert into vault.tags (user_id, name) values ($1, 'Sun')`, [made?.id])
        return { user: made?.id ?? '', album: own?.id ?? '' }
      })
      for (const each of steps) await database.asService((tx) => take(tx, user, album, each))
      const ask = (sql: string) => database.asService((tx) => tx.one(sql, [user]))
      assert.deepEqual(await ask(kept), await ask(recounted))
      await database.asService((tx) => tx.execute(`delete from core.users where id = $1`, [user]))
      assert.deepEqual(await ask(remains), { objects: 0, links: 0, words: 0, cells: 0, versions: 0 })
    }),
    { numRuns: 40 },
  )
})

test('counts that were made wrong by hand are put right, and sound ones are left alone', async (t) => {
  const { database, users } = await newVault(t)
  const [ann] = users
  await database.asService(async (tx) => {
    const own = await tx.one<{ id: string }>(`insert into vault.albums (user_id, name) values ($1, 'a') returning id`, [
      ann,
    ])
    await tx.execute(`insert into vault.tags (user_id, name) values ($1, 'Sun')`, [ann])
    await take(tx, ann, '', { kind: 'add', days: [null, '2024-03-01T00:00:00', '2024-03-01T00:00:00'] })
    for (let pick = 0; pick < 6; pick += 1) {
      await take(tx, ann, own?.id ?? '', { kind: 'link', pick })
      await take(tx, ann, '', { kind: 'tag', pick })
      await take(tx, ann, '', { kind: 'place', pick, to: [34.0195, -118.4912] })
    }
  })
  assert.deepEqual(await recount(database), [])
  const ask = (sql: string) => database.asService((tx) => tx.one(sql, [ann]))
  const before = await ask(kept)
  await database.asService(async (tx) => {
    await tx.execute('reset role')
    await tx.execute(`update read.media_day_counts set media_count = media_count + 1`)
    await tx.execute(`update read.user_totals set bytes = 0`)
    await tx.execute(`update vault.albums set media_count = 99`)
    await tx.execute(`delete from read.geo_cells where zoom = 5`)
    await tx.execute(`delete from read.media_tags`)
  })
  assert.deepEqual(await recount(database), [
    'photos per day',
    'sums',
    'photos per album',
    'squares of the map',
    'words of photos',
  ])
  assert.deepEqual(await ask(kept), before)
  assert.deepEqual(await recount(database), [])
})

test('a person who is deleted leaves no rows behind', async (t) => {
  const { database, users } = await newVault(t)
  await database.asService(async (tx) => {
    await take(tx, users[0], '', { kind: 'add', days: [null, '2024-03-01T00:00:00'] })
    await tx.execute(`delete from core.users where id = $1`, [users[0]])
  })
  const left = await database.asService((tx) =>
    tx.one(`select (select count(*) from vault.media) as media, (select count(*) from core.objects) as objects,
      (select count(*) from read.user_totals) as totals, (select count(*) from read.geo_cells) as cells, (select count(*) from read.media_day_counts) as days`),
  )
  assert.deepEqual(left, { media: 0, objects: 0, totals: 0, cells: 0, days: 0 })
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
