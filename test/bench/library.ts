import { link, mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import sharp from 'sharp'
import type { TimelineDays, TimelinePage, VaultState } from '../../main/contract/index.ts'
import { userFolders } from '../../main/engine/files/index.ts'
import { startEngine } from '../../main/engine/engine.ts'
import { startApp, startBrowser } from '../app/electron.ts'
import { writeBarePage } from './bare-page.ts'
import { startBuiltEngine, buildEngine } from './built-engine.ts'
import { probe } from './noise.ts'
import { median, told, type Row } from './report.ts'
import { measured, windowSize } from './window.ts'
import { overWire } from '../support/wire.ts'

/** Different small pictures; each stands for many items of the library. */
const pictures = 200
const years = 15

export interface LibraryOptions {
  /** Media rows. */
  readonly count: number
  readonly workFolder: string
}

/** A large library, spread over years and all on one day: how soon it shows, how fast one can jump and scroll in it. */
export async function benchLibrary(options: LibraryOptions): Promise<Row[]> {
  await buildEngine()
  const rows: Row[] = []
  for (const isOneDay of [false, true]) {
    const stateDir = join(options.workFolder, isOneDay ? 'one-day' : 'spread')
    const what = `${options.count.toLocaleString('en')} items, ${isOneDay ? 'all on one day' : `over ${years} years`}`
    console.log(`Making a library of ${what} …`)
    const small = await makeLibrary(stateDir, options.count, isOneDay)
    rows.push(told('Library', what), ...(await engineRows(stateDir)), ...(await windowRows(stateDir, small)))
  }
  return rows
}

/** Returns where the small picture of each item lies. */
async function makeLibrary(stateDir: string, count: number, isOneDay: boolean): Promise<string[]> {
  const dir = join(stateDir, 'vault')
  await mkdir(stateDir, { recursive: true })
  const engine = startEngine({ stateDir })
  const vault = await engine.create(dir, { username: 'ann', name: 'Bench' })
  const user = await vault.database.asService((tx) => tx.one<{ id: string }>(`select id from core.users`))
  const userId = user?.id ?? ''
  const made = await smallPictures(join(stateDir, 'pictures'))
  for (let from = 0; from < count; from += 5000) {
    await vault.database.asService((tx) =>
      tx.execute(
        `insert into vault.media (user_id, filename, media_type, mime_type, size, width, height, file_path, hash, storage,
           taken_local, taken_source, taken_confidence, thumb_hash, thumbnail_generated, metadata_extracted,
           processing_status)
         select $1, 'IMG_' || n || '.jpg', 'photo', 'image/jpeg', 3000000 + n,
           case n % 3 when 0 then 3000 else 4000 end, case n % 3 when 0 then 4000 else 3000 end,
           'users/x/' || n, encode(sha256(n::text::bytea), 'hex'), 'vault',
           timestamp '2024-06-15 00:00' + case when $4 then make_interval(secs => n * 0.8)
             else make_interval(mins => -(n * (${years} * 525600.0 / $5))::integer) end,
           'exif', 'high', ($6::text[])[1 + n % ${pictures}], true, true, 'complete'
         from generate_series($2::integer, $3::integer) n`,
        [userId, from, Math.min(from + 5000, count) - 1, isOneDay, count, made.hashes],
      ),
    )
  }
  await vault.database.maintain('analyze')
  const ids = await vault.database.asService((tx) => tx.query<{ id: string }>(`select id from vault.media`))
  const { thumbnails } = userFolders(dir, userId)
  await Promise.all(
    Array.from({ length: 256 }, (_, byte) =>
      mkdir(join(thumbnails, byte.toString(16).padStart(2, '0')), { recursive: true }),
    ),
  )
  const small: string[] = []
  for (const [index, { id }] of ids.entries()) {
    const source = made.paths[index % pictures] ?? ''
    const path = join(thumbnails, id.slice(-2), `${id}.grid`)
    await link(source, path)
    small.push(path)
  }
  await engine.close()
  return small
}

async function smallPictures(folder: string): Promise<{ paths: string[]; hashes: string[] }> {
  await mkdir(folder, { recursive: true })
  const paths: string[] = []
  for (let index = 0; index < pictures; index += 1) {
    // Noise over a tint weighs what a small photo weighs (about 20 kB) and is different every time.
    const tint = { r: (index * 37) % 256, g: (index * 91) % 256, b: (index * 53) % 256 }
    const bytes = await sharp({
      create: {
        width: 427,
        height: 320,
        channels: 3,
        background: tint,
        noise: { type: 'gaussian', mean: 128, sigma: 18 },
      },
    })
      .blur(0.8)
      .jpeg({ quality: 80 })
      .toBuffer()
    const path = join(folder, `${index}.jpg`)
    await writeFile(path, bytes)
    paths.push(path)
  }
  const hashes = Array.from({ length: pictures }, (_, index) =>
    Buffer.from([0x10 + (index % 32), 0x08, 0x0a, 0x05, 0x80, index % 256, 0x87, 0x77, 0x70]).toString('base64'),
  )
  return { paths, hashes }
}

async function engineRows(stateDir: string): Promise<Row[]> {
  const startedMs = performance.now()
  const engine = await startBuiltEngine(join(stateDir, 'vault'), stateDir)
  while ((await engine.ask<VaultState>('GET', '/vault')).state !== 'ready')
    await new Promise((next) => setTimeout(next, 10))
  const days = await engine.ask<TimelineDays>('GET', '/timeline/days')
  const first = days.items[0]?.day ?? 'undated'
  await engine.ask<TimelinePage>('GET', `/timeline/tiles?day=${first}&limit=500`)
  const ready = performance.now() - startedMs
  const counts = await times(20, () => engine.ask('GET', '/timeline/days'))
  const pages = await times(20, () => {
    const { day } = days.items[Math.floor(Math.random() * days.items.length)] ?? { day: null }
    return engine.ask('GET', `/timeline/tiles?day=${day ?? 'undated'}&limit=500`)
  })
  await engine.stop()
  return [
    limited('Engine: start to first page', ready, 1500),
    limited('Counts of all days', median(counts), 50),
    told('A page of tiles', ms(median(pages))),
  ]
}

async function times(count: number, work: () => Promise<unknown>): Promise<number[]> {
  const taken: number[] = []
  for (let index = 0; index < count; index += 1) {
    const startedMs = performance.now()
    await work()
    taken.push(performance.now() - startedMs)
  }
  return taken
}

/** Coffer's window beside a bare page with the same pictures, in the same run. */
async function windowRows(stateDir: string, small: readonly string[]): Promise<Row[]> {
  if (process.platform === 'linux' && process.env['DISPLAY'] === undefined) {
    return [told('Window', 'no display: run it under xvfb-run')]
  }
  const page = await writeBarePage(join(stateDir, 'bare'), small)
  // A page of 100,000 pictures without anything of ours runs out of memory, one of 20,000 does not show all in a minute.
  const bare = await measured(() =>
    startBrowser({
      stateDir: join(stateDir, 'browser'),
      url: pathToFileURL(page).href,
      args: ['--disable-dev-shm-usage'],
    }),
  ).catch((error: unknown) => {
    if (!/crashed|Timeout/.test(String(error))) throw error
    return null
  })
  probe()
  const own = await measured(() => startApp({ stateDir, size: windowSize }))
  return [
    beside('Window: cold start to first pictures', own.cold, bare?.cold, 'ms', 2500),
    beside('Jump anywhere until all tiles show, median', median(own.jumps), bare && median(bare.jumps), 'ms', 200),
    told(
      'Jump, slowest of 15',
      `${ms(Math.max(...own.jumps))}${bare ? `; bare page ${ms(Math.max(...bare.jumps))}` : ''}`,
    ),
    beside('Slowest frame of a 10 s scroll', Math.max(...own.frames), bare && Math.max(...bare.frames), 'ms', 50),
    told('Frames over 50 ms', `${slowOf(own.frames)}${bare ? `; bare page ${slowOf(bare.frames)}` : ''}`),
    beside('Memory of the window after scrolling it all', own.memoryMb, bare?.memoryMb, 'MB', 400),
  ]
}

function slowOf(frames: readonly number[]): string {
  return `${frames.filter((each) => each > 50).length} of ${frames.length}`
}

const mostTimes = 1.5

/** What Coffer takes, beside what a bare page takes; `once` is what was required before there was one. */
function beside(what: string, own: number, bare: number | null | undefined, unit: 'ms' | 'MB', once: number): Row {
  if (typeof bare !== 'number')
    return told(
      what,
      `${own.toFixed(0)} ${unit} (once < ${once}); the bare page crashed or did not show its pictures in a minute`,
    )
  const ratio = own / bare
  return {
    what,
    measured: `${own.toFixed(0)} ${unit}; bare page ${bare.toFixed(0)} (once < ${once})`,
    ratio: `${ratio.toFixed(2)}×`,
    required: `≤ ${mostTimes}×`,
    isMet: ratio <= mostTimes,
  }
}

function ms(value: number): string {
  return `${value.toFixed(value < 10 ? 1 : 0)} ms`
}

function limited(what: string, measured: number, limit: number): Row {
  return { what, measured: ms(measured), ratio: '', required: `< ${limit} ms`, isMet: measured < limit }
}

/** Files dropped into a watched folder until the last one is in. */
export async function benchWatch(options: { readonly count: number; readonly workFolder: string }): Promise<Row[]> {
  const folder = join(options.workFolder, 'watch')
  const source = join(folder, 'source')
  await mkdir(source, { recursive: true })
  const engine = startEngine({ stateDir: null, isWatching: true })
  const vault = await engine.create(join(folder, 'vault'), { username: 'ann' })
  const ask = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const headers = { 'x-coffer-secret': engine.secret, 'content-type': 'application/json' }
    const { sent, received } = overWire(method, path, body)
    const init = { method, headers, ...(sent !== undefined && { body: sent }) }
    return received(await (await engine.fetch(new Request(`http://coffer/api/v1${path}`, init))).text()) as T
  }
  await ask('POST', '/watched-folders', { path: source })
  await vault.watching?.settled()
  for (let index = 0; index < options.count; index += 1) {
    const background = { r: index % 256, g: (index >> 8) * 40, b: 90 }
    const bytes = await sharp({
      create: { width: 1600, height: 1200, channels: 3, background, noise: { type: 'gaussian', mean: 128, sigma: 12 } },
    })
      .jpeg()
      .toBuffer()
    await writeFile(join(source, `${index}.jpg`), bytes)
  }
  const writtenMs = performance.now()
  for (;;) {
    const { total } = await ask<TimelineDays>('GET', '/timeline/days')
    if (total >= options.count) break
    await new Promise((next) => setTimeout(next, 100))
  }
  const seconds = (performance.now() - writtenMs) / 1000
  await engine.close()
  const count = (await readdir(source)).length
  return [
    {
      what: `${count} files into a watched folder, all in after the last write`,
      measured: `${seconds.toFixed(1)} s`,
      ratio: '',
      required: '< 60 s',
      isMet: seconds < 60,
    },
  ]
}
