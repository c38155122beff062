import { readdir, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { BackupRun, NewBackupAnswer, TimelinePage } from '../../main/contract/index.ts'
import { lockVault, moveDatabase } from '../../main/engine/database/index.ts'
import { startEngine } from '../../main/engine/engine.ts'
import { projectRoot } from '../support/folders.ts'
import { addOriginals, opened } from './backup.ts'
import { buildEngine, type BuiltEngine } from './built-engine.ts'
import { residentMb } from './memory.ts'
import { median, told, type Row } from './report.ts'
import { runProgram } from './run-program.ts'

const names = { pglite: 'PGlite', embedded: 'own server' } as const
type EngineName = keyof typeof names

const pages = 20
const everyMs = 50
const mostMs = 200

/** How long a page of the timeline waits while a backup writes the database of so many rows. */
export async function benchDumpPage(options: {
  readonly count: number
  readonly engines: readonly EngineName[]
  readonly workFolder: string
}): Promise<Row[]> {
  if (process.getuid?.() === 0) process.env['COFFER_POSTGRES_USER'] ??= 'nobody'
  await buildEngine()
  await runProgram(process.execPath, [join(projectRoot, 'main/engine/database/build-image.ts')])
  const folder = join(options.workFolder, 'dump-page')
  await mkdir(folder, { recursive: true })
  const vaultDir = join(folder, 'vault')
  const maker = startEngine({ stateDir: folder })
  await maker.create(vaultDir, { username: 'ann' })
  await maker.close()
  console.log(`Making a vault of ${options.count} originals …`)
  await addOriginals(vaultDir, options.count, () => 300)
  const rows: Row[] = []
  for (const engine of options.engines) {
    if (engine === 'embedded') await toServer(vaultDir, folder)
    rows.push(...(await measure(engine, vaultDir, folder)))
  }
  return rows
}

async function toServer(vaultDir: string, stateDir: string): Promise<void> {
  const lock = await lockVault(vaultDir, {})
  await moveDatabase({ vaultDir, stateDir, trust: true, to: { engine: 'embedded' } })
  await lock.release()
}

async function measure(name: EngineName, vaultDir: string, folder: string): Promise<Row[]> {
  const engine = await opened(vaultDir, folder)
  const path = join(folder, `repository-${name}`)
  const passphrase = 'a passphrase for the bench'
  const { backup } = await engine.ask<NewBackupAnswer>('POST', '/backups', { path, passphrase, isEnabled: false })
  const page = async (): Promise<number> => {
    const startedMs = performance.now()
    await engine.ask<TimelinePage>('GET', '/timeline/tiles?limit=500')
    return performance.now() - startedMs
  }
  const before = await asked(page, async () => true)
  const run = await engine.ask<BackupRun>('POST', `/backups/${backup.id}/runs`, {})
  // The run makes its folder when its key has been found and the dump begins.
  while ((await dumping(vaultDir)) === 'not yet') await pause(5)
  let peakMb = 0
  const during = await asked(page, async () => {
    peakMb = Math.max(peakMb, await residentMb(engine.pid))
    return (await dumping(vaultDir)) === 'now'
  })
  while ((await runOf(engine, backup.id, run.id))?.status === 'running') await pause(50)
  await engine.stop()
  const slowest = Math.max(...during.counted)
  return [
    told(
      `${names[name]}: a page when nothing else goes on; the slowest`,
      `${median(before.counted).toFixed(0)} ms; ${Math.max(...before.counted).toFixed(0)} ms`,
    ),
    told(`${names[name]}: pages asked while the database was written`, `${during.counted.length} of ${pages}`),
    told(`${names[name]}: median of those`, `${median(during.counted).toFixed(0)} ms`),
    told(`${names[name]}: memory of the engine meanwhile, peak`, `${peakMb.toFixed(0)} MB`),
    {
      what: `${names[name]}: slowest of those`,
      measured: `${slowest.toFixed(0)} ms`,
      ratio: '',
      required: `< ${mostMs} ms`,
      isMet: slowest < mostMs,
    },
  ]
}

/** Asks for pages at equal steps, whether or not the one before has been answered; those count that were asked in time. */
async function asked(page: () => Promise<number>, isInTime: () => Promise<boolean>): Promise<{ counted: number[] }> {
  const taken: { readonly counts: boolean; readonly ms: Promise<number> }[] = []
  for (let index = 0; index < pages; index += 1) {
    taken.push({ counts: await isInTime(), ms: page() })
    await pause(everyMs)
  }
  const all = await Promise.all(taken.map(async ({ counts, ms }) => ({ counts, ms: await ms })))
  return { counted: all.filter((each) => each.counts).map((each) => each.ms) }
}

/** Whether a backup writes the database; the list of originals is what it writes next. */
async function dumping(vaultDir: string): Promise<'not yet' | 'now' | 'over'> {
  const scratch = join(vaultDir, 'scratch')
  const list = (folder: string): Promise<string[]> => readdir(folder).catch((): string[] => [])
  const folder = (await list(scratch)).find((each) => each.startsWith('backup-'))
  if (folder === undefined) return 'not yet'
  return (await list(join(scratch, folder))).includes('originals.jsonl') ? 'over' : 'now'
}

async function runOf(engine: BuiltEngine, backupId: string, runId: string): Promise<BackupRun | undefined> {
  const { items } = await engine.ask<{ items: BackupRun[] }>('GET', `/backups/${backupId}/runs`)
  return items.find((each) => each.id === runId)
}
