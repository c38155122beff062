import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { runBarePipeline } from './bare-pipeline.ts'
import { buildEngine } from './built-engine.ts'
import { runEngine, type EngineRun } from './engine-import.ts'
import { missingTools, runNativeTools } from './native-tools.ts'
import { photosIn, type Photos } from './photos.ts'
import { probe } from './noise.ts'
import { median, spread, told, type Row } from './report.ts'
import { runProgram } from './run-program.ts'

export interface ImportOptions {
  readonly count: number
  readonly rounds: number
  /** Where the photos are made, or lie from an earlier run. */
  readonly photosFolder: string
  /** For everything else; each run leaves it empty. */
  readonly workFolder: string
}

/** How many photos the script hands to a tool at once: one by one as scripts mostly do, and in batches. */
const oneByOne = 1
const batched = 8

interface Contender {
  readonly name: 'engine' | 'pipeline' | 'one-by-one' | 'batched'
  run(photos: Photos, folder: string): Promise<EngineRun | void>
}

/** Import, re-import and memory, against native tools and the bare pipeline on the same photos in the same run. */
export async function benchImport(options: ImportOptions): Promise<Row[]> {
  await buildEngine()
  console.log(`Making ${options.count} photos …`)
  const photos = await photosIn(options.photosFolder, options.count)
  const missing = missingTools()
  const contenders: Contender[] = [
    { name: 'engine', run: runEngine },
    { name: 'pipeline', run: runBarePipeline },
    ...(missing.length > 0 ? [] : scripts),
  ]
  const seconds = new Map<string, number[]>()
  const engineRuns: EngineRun[] = []
  for (let round = 0; round < options.rounds; round += 1) {
    for (const contender of inTurn(contenders, round)) {
      const { name } = contender
      const { taken, result } = await timed(() => contender.run(photos, join(options.workFolder, name)))
      if (result) engineRuns.push(result)
      const own = result?.firstSeconds ?? taken
      console.log(`Round ${round + 1} of ${options.rounds}, ${name}: ${own.toFixed(2)} s`)
      seconds.set(name, [...(seconds.get(name) ?? []), own])
      await rm(join(options.workFolder, name), { recursive: true, force: true })
      // What one run wrote must not be written to the disk at the cost of the next.
      if (process.platform !== 'win32') await runProgram('sync', [])
      probe()
    }
  }
  const took = (name: Contender['name']): readonly number[] => seconds.get(name) ?? []
  const rate = (name: Contender['name']): number => photos.paths.length / Math.min(...took(name))
  return [
    told('Photos', `${photos.paths.length} × ${(photos.bytes / photos.paths.length / 1e6).toFixed(1)} MB`),
    told('Coffer: import', perSecond(rate('engine'))),
    told('Coffer: import, seconds of each round', spread(took('engine'), 2)),
    ...scriptRows(rate, missing),
    told('Bare pipeline, seconds of each round', spread(took('pipeline'), 2)),
    compared('Bare pipeline, two workers', rate('engine'), rate('pipeline'), 0.8),
    againRow(engineRuns),
    ...memoryRows(engineRuns),
  ]
}

const scripts: readonly Contender[] = [
  { name: 'one-by-one', run: (photos, folder) => runNativeTools(photos, folder, oneByOne) },
  { name: 'batched', run: (photos, folder) => runNativeTools(photos, folder, batched) },
]

/** Another one begins each round, so that none always runs on a warm or a tired computer. */
function inTurn<T>(all: readonly T[], round: number): T[] {
  const first = round % all.length
  return [...all.slice(first), ...all.slice(0, first)]
}

async function timed<T>(run: () => Promise<T>): Promise<{ readonly taken: number; readonly result: T }> {
  const startedMs = performance.now()
  const result = await run()
  return { taken: (performance.now() - startedMs) / 1000, result }
}

function scriptRows(rate: (name: Contender['name']) => number, missing: readonly string[]): Row[] {
  if (missing.length > 0) return [told('Native tools', `not run: ${missing.join(', ')} missing`)]
  return [
    compared('Native tools, a call for each photo', rate('engine'), rate('one-by-one'), 3),
    compared(`Native tools, a call for ${batched} photos`, rate('engine'), rate('batched'), 3),
  ]
}

function perSecond(rate: number): string {
  return `${rate.toFixed(2)} photos/s`
}

function compared(what: string, own: number, other: number, required: number): Row {
  const ratio = own / other
  return {
    what,
    measured: perSecond(other),
    ratio: `${ratio.toFixed(2)}×`,
    required: `≥ ${required}×`,
    isMet: ratio >= required,
  }
}

function againRow(runs: readonly EngineRun[]): Row {
  const again = Math.min(...runs.map((run) => run.againSeconds))
  const ratio = Math.min(...runs.map((run) => run.firstSeconds)) / again
  return {
    what: 'Coffer: the unchanged folder again',
    measured: `${again.toFixed(3)} s`,
    ratio: `${ratio.toFixed(1)}×`,
    required: '≥ 20×',
    isMet: ratio >= 20,
  }
}

function memoryRows(runs: readonly EngineRun[]): Row[] {
  if (runs.every((run) => run.memoryMb.length === 0)) return [told('Memory', 'not told by this system')]
  const peak = Math.max(...runs.map((run) => Math.max(...run.memoryMb)))
  const growth = median(runs.map((run) => growthOf(run.memoryMb)))
  return [
    { what: 'Memory, peak', measured: `${peak.toFixed(0)} MB`, ratio: '', required: '< 600 MB', isMet: peak < 600 },
    {
      what: 'Memory, last quarter to second',
      measured: '',
      ratio: `${growth.toFixed(2)}×`,
      required: '≤ 1.15×',
      isMet: growth <= 1.15,
    },
  ]
}

/** The first quarter is left out: caches and workers fill then. */
function growthOf(samples: readonly number[]): number {
  const quarter = (which: number): readonly number[] =>
    samples.slice(Math.floor((samples.length * (which - 1)) / 4), Math.ceil((samples.length * which) / 4))
  return median(quarter(4)) / median(quarter(2))
}
