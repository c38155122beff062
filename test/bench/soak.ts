import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Import, VaultState } from '../../main/contract/index.ts'
import { coffer } from '../support/coffer.ts'
import { jpeg, settledFile } from '../support/pictures.ts'
import { buildEngine, startBuiltEngine, type BuiltEngine } from './built-engine.ts'
import { residentMb } from './memory.ts'
import { median, told, type Row } from './report.ts'

/** Files in a folder. */
const together = 200
const pollMs = 250

/** Very many small files: whether the engine's own memory stays flat while they come in, and how fast the last ones do. */
export async function benchSoak(options: { readonly count: number; readonly workFolder: string }): Promise<Row[]> {
  await buildEngine()
  const source = join(options.workFolder, 'soak', 'camera')
  console.log(`Making ${options.count} small photos …`)
  for (let number = 0; number < options.count; number += 1) {
    const folder = join(source, String(Math.floor(number / together)))
    if (number % together === 0) await mkdir(folder, { recursive: true })
    await settledFile(join(folder, `IMG_${number}.jpg`), await jpeg(number))
  }
  const vault = join(options.workFolder, 'soak', 'vault')
  const made = await coffer(['init', vault])
  if (made.code !== 0) throw new Error(made.stderr)
  const engine = await startBuiltEngine(vault, join(options.workFolder, 'soak'))
  try {
    while ((await engine.ask<VaultState>('GET', '/vault')).state !== 'ready') await pause(50)
    return rowsOf(await importAll(engine, source, options.count))
  } finally {
    await engine.stop()
  }
}

interface Sample {
  readonly seconds: number
  readonly files: number
  readonly megabytes: number
}

async function importAll(engine: BuiltEngine, source: string, count: number): Promise<Sample[]> {
  const startedMs = performance.now()
  const samples: Sample[] = []
  let now = await engine.ask<Import>('POST', '/imports', { paths: [source] })
  while (now.status === 'running') {
    await pause(pollMs)
    now = await engine.ask<Import>('GET', `/imports/${now.id}`)
    const seconds = (performance.now() - startedMs) / 1000
    samples.push({ seconds, files: now.added + now.duplicates, megabytes: await residentMb(engine.pid) })
  }
  if (now.status !== 'done' || now.added !== count)
    throw new Error(`the import ended ${now.status} with ${now.added} added`)
  return samples
}

function rowsOf(samples: readonly Sample[]): Row[] {
  const count = samples.at(-1)?.files ?? 0
  /** Samples of one tenth of the files; in the first, caches and pages of the database fill. */
  const tenth = (which: number): readonly Sample[] =>
    samples.filter(({ files }) => files >= (count * (which - 1)) / 10 && files <= (count * which) / 10)
  const memory = (which: number): number => median(tenth(which).map((sample) => sample.megabytes))
  const rate = (which: number): number => {
    const [first, last] = [tenth(which)[0], tenth(which).at(-1)]
    return first && last ? (last.files - first.files) / Math.max(last.seconds - first.seconds, 0.001) : Number.NaN
  }
  const [growth, slowing] = [memory(10) / memory(2), rate(10) / rate(2)]
  return [
    told('Files', `${count}, ${(count / (samples.at(-1)?.seconds ?? 1)).toFixed(0)}/s`),
    {
      what: 'Engine’s own memory, last tenth to second',
      measured: `${memory(2).toFixed(0)} → ${memory(10).toFixed(0)} MB`,
      ratio: `${growth.toFixed(2)}×`,
      required: '≤ 1.1×',
      isMet: growth <= 1.1,
    },
    {
      what: 'Files per second, last tenth to second',
      measured: `${rate(2).toFixed(0)} → ${rate(10).toFixed(0)}/s`,
      ratio: `${slowing.toFixed(2)}×`,
      required: '≥ 0.5×',
      isMet: slowing >= 0.5,
    },
  ]
}
