import { join } from 'node:path'
import { mkdir } from 'node:fs/promises'
import { albumTiles } from '../../main/engine/albums/index.ts'
import { createDatabase, type Database, type Reader } from '../../main/engine/database/index.ts'
import { timelineDays, timelineTiles } from '../../main/engine/library/index.ts'
import { findMedia, search } from '../../main/engine/search/index.ts'
import { median, told, type Row } from './report.ts'

/** What the lists must keep to at a million rows. */
const largest = 1_000_000
const limits = { pglite: 150, embedded: 50 } as const
const names = { pglite: 'PGlite', embedded: 'own server' } as const
const rounds = 15
const atOnce = 10_000
const years = 15
/** One item in so many carries the word, lies in the album, has the word in its caption. */
const share = 100

type EngineName = keyof typeof limits

/** The list endpoints over libraries that grow, on PGlite and on a server of our own. */
export async function benchQueries(options: {
  readonly sizes: readonly number[]
  readonly engines: readonly EngineName[]
  readonly workFolder: string
}): Promise<Row[]> {
  // PostgreSQL refuses root; any other user of this computer will do.
  if (process.getuid?.() === 0) process.env['COFFER_POSTGRES_USER'] ??= 'nobody'
  const rows: Row[] = []
  for (const engine of options.engines) {
    const vaultDir = join(options.workFolder, `queries-${engine}`)
    await mkdir(vaultDir, { recursive: true })
    await using database = await createDatabase({ vaultDir, engine })
    const library = await people(database)
    let filled = 0
    for (const size of options.sizes.toSorted((one, other) => one - other)) {
      console.log(`${names[engine]}: growing to ${size.toLocaleString('en')} items …`)
      await grow(database, library, filled, size)
      filled = size
      rows.push(...(await measure(database, library, engine, size)))
    }
  }
  return rows
}

const photos = { onlyFavourites: false, limit: 200 } as const

interface Library {
  readonly userId: string
  readonly albumId: string
}

async function people(database: Database): Promise<Library> {
  const user = await database.asService((tx) =>
    tx.one<{ id: string }>(`insert into core.users (username) values ('ann') returning id`),
  )
  const userId = user?.id ?? ''
  const album = await database.write(userId, (tx) =>
    tx.one<{ id: string }>(`insert into vault.albums (user_id, name) values ($1, 'Holidays') returning id`, [userId]),
  )
  return { userId, albumId: album?.id ?? '' }
}

/** Adds items as an import would, spread over years, so that every derived table is kept by its own triggers. */
async function grow(database: Database, { userId, albumId }: Library, from: number, to: number): Promise<void> {
  for (let first = from; first < to; first += atOnce) {
    await database.asService(async (tx) => {
      await tx.execute(
        `insert into vault.media (user_id, filename, media_type, mime_type, size, width, height, file_path, hash, storage,
           taken_local, taken_source, taken_confidence, latitude, longitude, description, metadata, thumbnail_generated,
           metadata_extracted, processing_status)
         select $1, 'IMG_' || n || '.jpg', 'photo', 'image/jpeg', 3000000 + n, 4000, 3000, 'users/x/' || n,
           encode(sha256(n::text::bytea), 'hex'), 'vault',
           timestamp '2024-06-15 00:00' - make_interval(secs => ((n * 7919::bigint) % (${years} * 31536000::bigint))::double precision),
           'exif', 'high', case when n % 4 = 0 then (n % 17000) / 100.0 - 85 end, case when n % 4 = 0 then (n % 35000) / 100.0 - 175 end,
           case when n % ${share} = 1 then 'a sunset over the harbour' when n % 7 = 0 then 'with the whole family' end,
           case when n % ${share} = 2 then '{"tags": ["beach"]}'::jsonb else '{}' end, true, true, 'complete'
         from generate_series($2::integer, $3::integer) n`,
        [userId, first, Math.min(first + atOnce, to) - 1],
      )
      await tx.execute(
        `insert into vault.media_sources (user_id, media_id, path, size_bytes, mtime_ns, ctime_ns, inode)
         select $1, id, '/photos/Journey ' || (size % 300) || '/' || filename, size, 0, 0, id::text
         from vault.media where user_id = $1 and size between 3000000 + $2::integer and 3000000 + $3::integer`,
        [userId, first, Math.min(first + atOnce, to) - 1],
      )
      await tx.execute(
        `insert into core.links (user_id, from_object_id, from_object_type, to_object_id, to_object_type, link_type, sort_order)
         select $1, $2, 'album', id, 'media', 'contains', row_number() over (order by id)
         from vault.media where user_id = $1 and filename = any ($3::text[])`,
        [userId, albumId, Array.from({ length: atOnce / share }, (_, index) => `IMG_${first + index * share + 3}.jpg`)],
      )
    })
    database.noteBulk(0)
  }
  await database.maintain('vacuum')
  await database.maintain('analyze')
  await database.maintain('checkpoint')
}

async function measure(database: Database, library: Library, engine: EngineName, size: number): Promise<Row[]> {
  const { userId, albumId } = library
  const album = { id: albumId, sortOrder: 'date_desc' } as const
  const anywhere = (): string => {
    const at = new Date(Date.parse('2024-06-14T00:00:00Z') - Math.random() * (years - 1) * 31_536_000_000)
    return `${at.toISOString().slice(0, 19)}|00000000-0000-7000-8000-000000000000`
  }
  const lists: Readonly<Record<string, (tx: Reader) => Promise<unknown>>> = {
    'timeline page': (tx) => timelineTiles(tx, { cursor: anywhere(), limit: 200 }),
    'day counts': (tx) => timelineDays(tx),
    'album page': (tx) => albumTiles(tx, album, { cursor: anywhere(), limit: 200 }),
    'tag filter': (tx) => tagged(tx, 'beach'),
    'full-text search': (tx) => search(tx, 'sunset harbour', { limit: 50 }),
    'photos with words': (tx) => findMedia(tx, 'sunset harbour', photos),
    'photos of a folder': (tx) => findMedia(tx, 'journey 17', photos),
    'photos of a country': (tx) => findMedia(tx, 'spain', photos),
    'photos after a slip': (tx) => findMedia(tx, 'sunest harbuor', photos),
  }
  const rows: Row[] = []
  const where = `${names[engine]}, ${size.toLocaleString('en')}`
  for (const [what, list] of Object.entries(lists)) {
    const ms = await medianOf(() => database.read(userId, list))
    rows.push({
      what: `${where}: ${what}`,
      measured: `${ms.toFixed(1)} ms`,
      ratio: '',
      required: size === largest ? `< ${limits[engine]} ms` : '',
      isMet: size === largest ? ms < limits[engine] : null,
    })
  }
  const request = await medianOf(() => database.read(userId, (tx) => tx.query('select 1')), 200)
  const bare = await database.asOwner((tx) => medianOf(() => tx.query('select 1'), 200))
  const plain = await medianOf(() => database.asOwner((tx) => tx.query('select 1')), 200)
  rows.push(
    {
      what: `${where}: transaction, role and user of a request`,
      measured: `${(request - bare).toFixed(2)} ms`,
      ratio: '',
      required: '< 1 ms',
      isMet: request - bare < 1,
    },
    told(`${where}: of it, role and user`, `${(request - plain).toFixed(2)} ms`),
  )
  return rows
}

/** A page of what carries a word, newest first. */
async function tagged(tx: Reader, word: string): Promise<unknown> {
  return tx.one(
    `select json_agg(json_build_array(m.id, m.taken_local, m.width, m.height, m.thumb_hash))::text as packed
     from (select media_id from read.media_tags where word = $1 order by taken_local desc nulls last, media_id desc limit 200) t
     join vault.media m on m.id = t.media_id`,
    [word],
  )
}

async function medianOf(work: () => Promise<unknown>, times = rounds): Promise<number> {
  const taken: number[] = []
  for (let index = -2; index < times; index += 1) {
    const startedMs = performance.now()
    await work()
    if (index >= 0) taken.push(performance.now() - startedMs)
  }
  return median(taken)
}
