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
import { benchQueries } from './queries.ts'
import { printTable } from './report.ts'
import { benchSoak } from './soak.ts'

const usage =
  'npm run bench -- [import] [library] [watch] [backup] [backup-many] [dump-page] [queries] [soak] [idle] [--count N] [--rounds N] [--items N] [--files N] [--originals N] [--rows N] [--soak N] [--sizes N,N] [--engine pglite|embedded] [--photos FOLDER]'
const benches = ['import', 'library', 'watch', 'backup', 'backup-many', 'dump-page', 'queries', 'soak', 'idle']

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
    const rows = [
      ...(isWanted('import') ? await benchImport({ count, rounds, photosFolder, workFolder }) : []),
      ...(isWanted('library') ? await benchLibrary({ count: items, workFolder }) : []),
      ...(isWanted('watch') ? await benchWatch({ count: files, workFolder }) : []),
      ...(isWanted('backup') ? await benchBackup({ workFolder }) : []),
      ...(isWanted('dump-page') ? await benchDumpPage({ count: Number(values.rows), engines, workFolder }) : []),
      ...(isWanted('queries') ? await benchQueries({ sizes, engines, workFolder }) : []),
      // These take long: only where they are named.
      ...(positionals.includes('soak') ? await benchSoak({ count: Number(values.soak), workFolder }) : []),
      ...(positionals.includes('idle') ? await benchIdle({ workFolder }) : []),
      ...(isWanted('backup-many') ? await benchBackupMany({ count: Number(values.originals), workFolder }) : []),
    ]
    console.log(
      `\n${cpus()[0]?.model ?? 'unknown processor'}, ${availableParallelism()} cores, Node ${process.version}\n`,
    )
    printTable(rows)
    if (rows.some((row) => row.isMet === false)) process.exitCode = 1
  } finally {
    await rm(workFolder, { recursive: true, force: true })
  }
}

await main()
