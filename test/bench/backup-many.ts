import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { NewBackupAnswer } from '../../main/contract/index.ts'
import { projectRoot } from '../support/folders.ts'
import { addOriginals, backUp, backupCommand, made, opened, timed } from './backup.ts'
import { buildEngine } from './built-engine.ts'
import { watchMemory } from './memory.ts'
import { told, type Row } from './report.ts'
import { runProgram } from './run-program.ts'
import { startEngine } from '../../main/engine/engine.ts'

const atOnce = 10_000
const restoredSample = 50

/** A vault of very many tiny originals: backed up, backed up again, checked, some of it restored. */
export async function benchBackupMany(options: {
  readonly count: number
  readonly workFolder: string
}): Promise<Row[]> {
  await buildEngine()
  await runProgram(process.execPath, [join(projectRoot, 'main/engine/database/build-image.ts')])
  const folder = join(options.workFolder, 'backup-many')
  await mkdir(folder, { recursive: true })
  const vault = join(folder, 'vault')
  const maker = startEngine({ stateDir: null })
  await maker.create(vault, { username: 'ann' })
  await maker.close()
  console.log(`Making a vault of ${options.count} originals …`)
  const before = made
  for (let at = 0; at < options.count; at += atOnce) {
    await addOriginals(vault, Math.min(atOnce, options.count - at), (index) => 300 + (index % 500))
  }
  const path = join(folder, 'repository')
  const passphrase = 'a passphrase for the bench'
  const engine = await opened(vault, folder)
  const { backup } = await engine.ask<NewBackupAnswer>('POST', '/backups', { path, passphrase, isEnabled: false })
  const runs: { readonly seconds: number; readonly peakMb: number }[] = []
  for (let run = 0; run < 2; run += 1) {
    const memory = watchMemory(engine.pid)
    const seconds = await timed(() => backUp(engine, backup.id))
    runs.push({ seconds, peakMb: Math.max(0, ...(await memory.stop())) })
  }
  await engine.stop()
  const key = join(folder, 'passphrase.txt')
  await writeFile(key, passphrase)
  const cli = backupCommand(key)
  const check = await timed(() => cli('check', path, '--read-data'))
  const to = join(folder, 'some')
  const names = Array.from(
    { length: restoredSample },
    (_, index) => `IMG_${before + 1 + index * Math.floor(options.count / restoredSample)}.jpg`,
  )
  const restore = await timed(() => cli('restore', path, '--to', to, '--only', ...names))
  const restored = (await readdir(to)).length
  const [first, again] = runs
  return [
    told('Originals', String(options.count)),
    told('First backup', `${first?.seconds.toFixed(1)} s, ${first?.peakMb.toFixed(0)} MB`),
    told('Backup of the same again', `${again?.seconds.toFixed(1)} s, ${again?.peakMb.toFixed(0)} MB`),
    told('Check, every byte', `${check.toFixed(1)} s`),
    told(`Restore of ${restoredSample}`, `${restore.toFixed(1)} s`),
    {
      what: 'Of those that were asked for, restored',
      measured: String(restored),
      ratio: '',
      required: String(restoredSample),
      isMet: restored === restoredSample,
    },
  ]
}
