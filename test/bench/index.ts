import { mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, cpus, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { benchImport } from './import.ts'
import { printTable } from './report.ts'

const usage = 'npm run bench -- [import] [--count N] [--rounds N] [--photos FOLDER]'

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      count: { type: 'string', default: '160' },
      rounds: { type: 'string', default: '3' },
      photos: { type: 'string' },
    },
  })
  const [count, rounds] = [Number(values.count), Number(values.rounds)]
  const isKnown = positionals.every((name) => name === 'import')
  if (!isKnown || !Number.isInteger(count) || !Number.isInteger(rounds) || count < 1 || rounds < 1)
    throw new Error(usage)
  const workFolder = await mkdtemp(join(tmpdir(), 'coffer-bench-'))
  try {
    const photosFolder = values.photos === undefined ? join(workFolder, 'photos') : resolve(values.photos)
    const rows = await benchImport({ count, rounds, photosFolder, workFolder })
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
