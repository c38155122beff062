import { createHash, randomBytes } from 'node:crypto'
import { spawnSync } from 'node:child_process'
import { mkdir, readdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import type { BackupRun, NewBackupAnswer } from '../../main/contract/index.ts'
import { startEngine } from '../../main/engine/engine.ts'
import { projectRoot } from '../support/folders.ts'
import { buildEngine, startBuiltEngine, type BuiltEngine } from './built-engine.ts'
import { importFolder } from './engine-import.ts'
import { watchMemory } from './memory.ts'
import { probe } from './noise.ts'
import { spread, told, type Row } from './report.ts'
import { runProgram } from './run-program.ts'

const smallFiles = 10_000
const largeFiles = 60
const largeBytes = 8 << 20
const steps = ['first', 'unchanged', '1 % new', 'check, every byte', 'restore'] as const
type Step = (typeof steps)[number]
type Seconds = Readonly<Record<Step, number>>

/**
 * Backup, check and restore of one vault against restic and borg on the same files in the same run, some rounds of it, each with a vault
 * of its own. A step has ended when what it wrote is on the disk, for anyone who is told that it is done pulls the drive out. Check
 * and restore find nothing in memory, as with a drive that was fetched from the drawer. Nothing is deleted before the end: ext4
 * passes over every inode that was freed in the last minutes, and anyone who came next would pay for it.
 */
export async function benchBackup(options: { readonly rounds: number; readonly workFolder: string }): Promise<Row[]> {
  await buildEngine()
  // As it is shipped: with the prepared database beside it.
  await runProgram(process.execPath, [join(projectRoot, 'main/engine/database/build-image.ts')])
  const rounds: Round[] = []
  for (let number = 1; number <= options.rounds; number += 1) {
    console.log(
      `Round ${number} of ${options.rounds}: a vault of ${smallFiles} small and ${largeFiles} large originals …`,
    )
    rounds.push(await oneRound(join(options.workFolder, `backup-${number}`)))
    probe()
  }
  const [first] = rounds
  const rows: Row[] = [told('Originals', `${smallFiles + largeFiles}, ${((first?.bytes ?? 0) / 1e9).toFixed(2)} GB`)]
  for (const step of steps) {
    rows.push(
      told(
        `Coffer: ${step}`,
        `${spread(
          rounds.map(({ coffer }) => coffer.seconds[step]),
          2,
        )} s`,
      ),
    )
    for (const name of ['restic', 'borg'] as const) rows.push(against(name, step, rounds))
  }
  const sizes = rounds.map(({ coffer }) => coffer.repositoryBytes / coffer.plainBytes)
  const peaks = rounds.map(({ coffer }) => coffer.peakMb)
  return [
    ...rows,
    {
      what: 'Repository, of originals and dump',
      measured: `${((first?.coffer.repositoryBytes ?? 0) / 1e9).toFixed(3)} GB`,
      ratio: `${Math.max(...sizes).toFixed(3)}×`,
      required: '≤ 1.02×',
      isMet: Math.max(...sizes) <= 1.02,
    },
    {
      what: 'Memory of the engine during the first backup, peak',
      measured: `${spread(peaks, 0)} MB`,
      ratio: '',
      required: '< 300 MB',
      isMet: Math.max(...peaks) < 300,
    },
  ]
}

interface Round {
  readonly bytes: number
  readonly coffer: Awaited<ReturnType<typeof runCoffer>>
  readonly restic: Seconds | null
  readonly borg: Seconds | null
}

async function oneRound(folder: string): Promise<Round> {
  await mkdir(folder, { recursive: true })
  const vault = join(folder, 'vault')
  const bytes = await makeVault(vault)
  const coffer = await runCoffer(folder, vault)
  const media = join(vault, 'users')
  return { bytes, coffer, restic: await runRestic(folder, media), borg: await runBorg(folder, media) }
}

/** Faster is faster in every round. */
function against(name: 'restic' | 'borg', step: Step, rounds: readonly Round[]): Row {
  const pairs = rounds.flatMap((round) => {
    const peer = round[name]
    return peer ? [{ own: round.coffer.seconds[step], other: peer[step] }] : []
  })
  if (pairs.length === 0) return told(`${name}: ${step}`, 'not installed')
  const ratios = pairs.map(({ own, other }) => other / own)
  return {
    what: `${name}: ${step}`,
    measured: `${spread(
      pairs.map(({ other }) => other),
      2,
    )} s`,
    ratio: `${spread(ratios, 2)}×`,
    required: '> 1×',
    isMet: Math.min(...ratios) > 1,
  }
}

/** Originals made so far in this process; each is named by its number. */
export let made = 0

/** Random bytes stand for pictures: both are as large after every compressor. */
export async function addOriginals(dir: string, count: number, sizeOf: (index: number) => number): Promise<number> {
  const engine = startEngine({ stateDir: null })
  const vault = await engine.open(dir)
  const user = await vault.database.asService((tx) => tx.one<{ id: string }>(`select id from core.users`))
  const rows: object[] = []
  let total = 0
  for (let index = 0; index < count; index += 1) {
    made += 1
    const bytes = randomBytes(sizeOf(index))
    const path = `users/${user?.id}/media/2024/${String(1 + (made % 12)).padStart(2, '0')}/${made}.jpg`
    await mkdir(join(dir, path, '..'), { recursive: true })
    await writeFile(join(dir, path), bytes)
    total += bytes.length
    const hash = createHash('sha256').update(bytes).digest('hex')
    rows.push({ filename: `IMG_${made}.jpg`, size: bytes.length, path, hash, minute: made })
  }
  await vault.database.asService((tx) =>
    tx.execute(
      `insert into vault.media (user_id, filename, media_type, mime_type, size, file_path, hash, storage, taken_local,
         metadata_extracted, processing_status)
       select $1, r.filename, 'photo', 'image/jpeg', r.size, r.path, r.hash, 'vault',
              timestamp '2024-01-01' + make_interval(mins => r.minute), true, 'complete'
       from jsonb_to_recordset($2::jsonb) as r(filename text, size bigint, path text, hash text, minute integer)`,
      [user?.id, JSON.stringify(rows)],
    ),
  )
  await engine.close()
  return total
}

async function makeVault(dir: string): Promise<number> {
  const engine = startEngine({ stateDir: null })
  await engine.create(dir, { username: 'ann' })
  await engine.close()
  const small = await addOriginals(dir, smallFiles, (index) => 40_000 + ((index * 7919) % 120_000))
  return small + (await addOriginals(dir, largeFiles, (index) => largeBytes + index * 10_007))
}

const newFiles = smallFiles / 100
const addNew = (vault: string): Promise<number> => addOriginals(vault, newFiles, (index) => 90_000 + index)

/** Pictures of noise of about 90 kB, for the vault that is open. */
async function newPhotos(folder: string): Promise<string> {
  await mkdir(folder)
  const noise = { type: 'gaussian', mean: 128, sigma: 60 } as const
  for (let number = 0; number < newFiles; number += 1) {
    await sharp({ create: { width: 330, height: 330, channels: 3, background: 'grey', noise } })
      .jpeg({ quality: 92 })
      .toFile(join(folder, `${number}.jpg`))
  }
  return folder
}

export async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedMs = performance.now()
  await work()
  return (performance.now() - startedMs) / 1000
}

/** The built command line's `backup …` with a passphrase in a file. */
export function backupCommand(passphraseFile: string): (...args: string[]) => Promise<void> {
  const program = join(projectRoot, 'out/engine/cli/index.js')
  return (...args) =>
    runProgram(process.execPath, [program, '--quiet', 'backup', ...args, '--passphrase-file', passphraseFile])
}

async function runCoffer(
  folder: string,
  vault: string,
): Promise<{ seconds: Seconds; repositoryBytes: number; plainBytes: number; peakMb: number }> {
  const path = join(folder, 'coffer-repository')
  const key = join(folder, 'passphrase.txt')
  await writeFile(key, 'a passphrase for the bench')
  const cli = backupCommand(key)
  const engine = await opened(vault, folder)
  const passphrase = 'a passphrase for the bench'
  const { backup } = await engine.ask<NewBackupAnswer>('POST', '/backups', { path, passphrase, isEnabled: false })
  const create = (): Promise<void> => safe(() => backUp(engine, backup.id))
  const memory = watchMemory(engine.pid)
  const first = await timed(create)
  const peakMb = Math.max(0, ...(await memory.stop()))
  const repositoryBytes = await bytesIn(path)
  const plainBytes = await bytesIn(join(vault, 'users'))
  const unchanged = await timed(create)
  await importFolder(engine, await newPhotos(join(folder, 'new')))
  const changed = await timed(create)
  await engine.stop()
  await forgetFiles()
  const check = await timed(() => cli('check', path, '--read-data'))
  const to = join(folder, 'coffer-restored')
  await forgetFiles()
  const restore = await timed(() => safe(() => cli('restore', path, '--to', to)))
  return {
    seconds: { first, unchanged, '1 % new': changed, 'check, every byte': check, restore },
    repositoryBytes,
    plainBytes,
    peakMb,
  }
}

export async function opened(vault: string, stateDir: string): Promise<BuiltEngine> {
  const engine = await startBuiltEngine(vault, stateDir)
  while ((await engine.ask<{ state: string }>('GET', '/vault')).state !== 'ready')
    await new Promise((next) => setTimeout(next, 20))
  return engine
}

export async function backUp(engine: BuiltEngine, id: string): Promise<void> {
  const started = await engine.ask<BackupRun>('POST', `/backups/${id}/runs`, {})
  for (;;) {
    const { items: runs } = await engine.ask<{ items: BackupRun[] }>('GET', `/backups/${id}/runs`)
    const run = runs.find((each) => each.id === started.id)
    if (run?.status === 'done') return
    if (run?.status !== 'running') throw new Error(run?.problem ?? 'the backup was stopped')
    await new Promise((next) => setTimeout(next, 20))
  }
}

async function runRestic(folder: string, media: string): Promise<Seconds | null> {
  if (!isInstalled('restic')) return null
  const [repo, key, to] = ['restic-repository', 'restic.txt', 'restic-restored'].map((name) => join(folder, name))
  await writeFile(key ?? '', 'a passphrase for the bench')
  const restic = (...args: string[]): Promise<void> =>
    runProgram('restic', [
      '-q',
      '-r',
      repo ?? '',
      '--password-file',
      key ?? '',
      '--cache-dir',
      join(folder, 'restic-cache'),
      ...args,
    ])
  await restic('init', '--repository-version', '2')
  return peer({
    vault: join(media, '..'),
    create: () => restic('backup', media),
    check: () => restic('check', '--read-data'),
    restore: () => restic('restore', 'latest', '--target', to ?? ''),
  })
}

async function runBorg(folder: string, media: string): Promise<Seconds | null> {
  if (!isInstalled('borg')) return null
  const [repo, to] = ['borg-repository', 'borg-restored'].map((name) => join(folder, name))
  const environment = {
    BORG_PASSPHRASE: 'a passphrase for the bench',
    BORG_BASE_DIR: join(folder, 'borg-base'),
    BORG_UNKNOWN_UNENCRYPTED_REPO_ACCESS_IS_OK: 'yes',
    BORG_RELOCATED_REPO_ACCESS_IS_OK: 'yes',
  }
  await mkdir(to ?? '', { recursive: true })
  let number = 0
  const borg = (args: readonly string[], cwd: string | undefined = folder): Promise<void> =>
    runProgram('borg', args, { ...(cwd !== undefined && { cwd }), env: { ...process.env, ...environment } })
  await borg(['init', '-e', 'repokey', repo ?? ''])
  return peer({
    vault: join(media, '..'),
    create: () => borg(['create', `${repo}::${(number += 1)}`, media]),
    check: () => borg(['check', '--verify-data', repo ?? '']),
    restore: () => borg(['extract', `${repo}::${number}`], to),
  })
}

async function peer(program: {
  readonly vault: string
  create(): Promise<unknown>
  check(): Promise<unknown>
  restore(): Promise<unknown>
}): Promise<Seconds> {
  const create = (): Promise<void> => safe(() => program.create())
  const first = await timed(create)
  const unchanged = await timed(create)
  await addNew(program.vault)
  const changed = await timed(create)
  await forgetFiles()
  const check = await timed(() => program.check())
  await forgetFiles()
  const restore = await timed(() => safe(() => program.restore()))
  return { first, unchanged, '1 % new': changed, 'check, every byte': check, restore }
}

function isInstalled(name: string): boolean {
  return spawnSync(name, ['--version'], { stdio: 'ignore' }).error === undefined
}

async function safe(work: () => Promise<unknown>): Promise<void> {
  await work()
  await sync()
}

async function sync(): Promise<void> {
  if (process.platform !== 'win32') await runProgram('sync', [])
}

/** What was written a moment ago still lies in memory. Only Linux can be told to forget it, and only by root. */
async function forgetFiles(): Promise<void> {
  await sync()
  if (process.platform === 'linux') await writeFile('/proc/sys/vm/drop_caches', '3').catch(() => {})
}

async function bytesIn(folder: string): Promise<number> {
  let total = 0
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) total += (await stat(join(entry.parentPath, entry.name))).size
  }
  return total
}
