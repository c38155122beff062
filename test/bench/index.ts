import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, cpus, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { benchBackup } from './backup.ts'
import { benchBackupMany } from './backup-many.ts'
import { benchDumpPage } from './dump-page.ts'
import { benchIdle } from './idle.ts'
import { benchImport } from './import.ts'
import { benchLibrary, benchWatch } from './library.ts'
import { benchPosts } from './posts.ts'
import { benchQueries } from './queries.ts'
import { noise, probe } from './noise.ts'
import { printTable, type Row } from './report.ts'
import { benchSoak } from './soak.ts'

const usage =
  'npm run bench -- [import] [library] [watch] [backup] [backup-many] [dump-page] [queries] [posts] [soak] [idle] [--count N] [--rounds N] [--items N] [--files N] [--originals N] [--rows N] [--posts N] [--soak N] [--sizes N,N] [--engine pglite|embedded] [--photos FOLDER]'
const benches = ['import', 'library', 'watch', 'backup', 'backup-many', 'dump-page', 'queries', 'posts', 'soak', 'idle']

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      count: { type: 'string', default: '160' },
      rounds: { type: 'string', default: '3' },
      items: { type: 'string', default: '100000' },
      files: { type: 'string', default: '1000' },
      sizes: { type: 'string', default: '10000,100000,1000000' },
      engine: { type: 'string' },
      originals: { type: 'string', default: '200000' },
      rows: { type: 'string', default: '20000' },
      posts: { type: 'string', default: '100000' },
      soak: { type: 'string', default: '20000' },
      photos: { type: 'string' },
    },
  })
  const [count, rounds] = [Number(values.count), Number(values.rounds)]
  const [items, files] = [Number(values.items), Number(values.files)]
  const sizes = values.sizes.split(',').map(Number)
  const engines = (['pglite', 'embedded'] as const).filter((name) => (values.engine ?? name) === name)
  const isKnown =
    positionals.every((name) => benches.includes(name)) &&
    items > 0 &&
    files > 0 &&
    engines.length > 0 &&
    sizes.every((size) => size > 0)
  const isWanted = (name: string): boolean => positionals.length === 0 || positionals.includes(name)
  if (!isKnown || !Number.isInteger(count) || !Number.isInteger(rounds) || count < 1 || rounds < 1)
    throw new Error(usage)
  const workFolder = await mkdtemp(join(tmpdir(), 'coffer-bench-'))
  // A server of our own may run as another user, who must pass through.
  await chmod(workFolder, 0o711)
  try {
    const photosFolder = values.photos === undefined ? join(workFolder, 'photos') : resolve(values.photos)
    const rows: Row[] = []
    const run = async (name: string, isAsked: boolean, bench: () => Promise<Row[]>): Promise<void> => {
      if (!isAsked) return
      console.log(`\n${name}`)
      probe()
      rows.push(...(await bench()))
      probe()
    }
    const named = (name: string): boolean => positionals.includes(name)
    await run('import', isWanted('import'), () => benchImport({ count, rounds, photosFolder, workFolder }))
    await run('library', isWanted('library'), () => benchLibrary({ count: items, workFolder }))
    await run('watch', isWanted('watch'), () => benchWatch({ count: files, workFolder }))
    await run('backup', isWanted('backup'), () => benchBackup({ rounds, workFolder }))
    const dumped = Number(values.rows)
    await run('dump-page', isWanted('dump-page'), () => benchDumpPage({ count: dumped, engines, workFolder }))
    await run('queries', isWanted('queries'), () => benchQueries({ sizes, engines, workFolder }))
    await run('posts', isWanted('posts'), () => benchPosts({ count: Number(values.posts), workFolder }))
    // These take long: only where they are named.
    await run('soak', named('soak'), () => benchSoak({ count: Number(values.soak), workFolder }))
    await run('idle', named('idle'), () => benchIdle({ workFolder }))
    const many = Number(values.originals)
    await run('backup-many', isWanted('backup-many'), () => benchBackupMany({ count: many, workFolder }))
    const { isNoisy, sentence } = noise()
    console.log(
      `\n${cpus()[0]?.model ?? 'unknown processor'}, ${availableParallelism()} cores, Node ${process.version}\n`,
    )
    printTable(rows, isNoisy)
    console.log(`\n${sentence}`)
    if (!isNoisy && rows.some((row) => row.isMet === false)) process.exitCode = 1
  } finally {
    await rm(workFolder, { recursive: true, force: true })
  }
}

await main()
