import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Backup, Health, Import, NewBackupAnswer, VaultState } from '../../main/contract/index.ts'
import { coffer } from '../support/coffer.ts'
import { jpeg, settledFile } from '../support/pictures.ts'
import { buildEngine, startBuiltEngine, type BuiltEngine } from './built-engine.ts'
import { residentMb } from './memory.ts'
import { told, type Row } from './report.ts'

const photos = 200
/** The last write is checkpointed when nobody has wanted the database for five minutes. */
const restMs = 6 * 60_000
const quietMs = 5 * 60_000
/** Of one hundred: as many as a system's clock ticks in a second (`getconf CLK_TCK`), everywhere on Linux. */
const ticksPerSecond = 100

/** Five minutes of a vault that was opened as on any day and left alone: with photos, a watched folder and a daily backup. */
export async function benchIdle(options: { readonly workFolder: string }): Promise<Row[]> {
  await buildEngine()
  const folder = join(options.workFolder, 'idle')
  const camera = join(folder, 'camera')
  await mkdir(camera, { recursive: true })
  for (let number = 0; number < photos; number += 1) {
    await settledFile(join(camera, `IMG_${number}.jpg`), await jpeg(number))
  }
  const vault = join(folder, 'vault')
  const made = await coffer(['init', vault])
  if (made.code !== 0) throw new Error(made.stderr)
  const filling = await startBuiltEngine(vault, folder)
  try {
    await fill(filling, folder, camera)
  } finally {
    await filling.stop()
  }
  const engine = await startBuiltEngine(vault, folder)
  try {
    await ready(engine)
    console.log('Waiting until all is at rest, then for five quiet minutes …')
    await pause(restMs)
    return await measure(engine)
  } finally {
    await engine.stop()
  }
}

async function ready(engine: BuiltEngine): Promise<void> {
  while ((await engine.ask<VaultState>('GET', '/vault')).state !== 'ready') await pause(50)
}

async function fill(engine: BuiltEngine, folder: string, camera: string): Promise<void> {
  await ready(engine)
  let run = await engine.ask<Import>('POST', '/imports', { paths: [camera] })
  while (run.status === 'running') {
    await pause(250)
    run = await engine.ask<Import>('GET', `/imports/${run.id}`)
  }
  await engine.ask('POST', '/watched-folders', { path: camera })
  const input = { path: join(folder, 'backup'), passphrase: 'correct horse battery staple' }
  const { backup } = await engine.ask<NewBackupAnswer>('POST', '/backups', input)
  for (const kind of ['create', 'prove']) {
    await engine.ask('POST', `/backups/${backup.id}/runs`, { kind })
    do await pause(500)
    while ((await engine.ask<Backup>('GET', `/backups/${backup.id}`)).running !== null)
  }
}

async function measure(engine: BuiltEngine): Promise<Row[]> {
  const uses = async (): Promise<number> => (await engine.ask<Health>('GET', '/health')).database.uses
  const first = await uses()
  const asking = (await uses()) - first
  await pause(10_000)
  const [before, secondsBefore] = [await uses(), await processorSeconds(engine.pid)]
  await pause(quietMs)
  const [seconds, megabytes] = [(await processorSeconds(engine.pid)) - secondsBefore, await residentMb(engine.pid)]
  const transactions = (await uses()) - before - asking
  const perMinute = (seconds / quietMs) * 60_000
  return [
    {
      what: 'Uses of the database in five quiet minutes',
      measured: String(transactions),
      ratio: '',
      // Of asking for the first figure the database makes a note, and looks after five minutes whether it left anything to do.
      required: '≤ 2',
      isMet: transactions <= 2,
    },
    told('Processor time of the engine, idle', `${perMinute.toFixed(3)} s/min`),
    told('Resident memory of the engine, idle', `${megabytes.toFixed(0)} MB`),
  ]
}

/** What a process and its threads have used so far; NaN where a system does not tell. */
async function processorSeconds(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  // Its name may hold spaces and parentheses; what follows it does not.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond
}
