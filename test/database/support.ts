import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { cp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import type { TestContext } from 'vitest'
import { connect } from '../../main/engine/database/connection/connection.ts'
import { createDatabase, openDatabase, type Database } from '../../main/engine/database/index.ts'
import { hasFreshImage, imagePath } from '../../main/engine/database/migrate/image.ts'
import { buildDatabaseImage } from '../../main/engine/database/index.ts'

const root = resolve(import.meta.dirname, '../..')

const endings = new WeakMap<TestContext, (() => unknown)[]>()

/** Runs when the test ends, the latest first: a vault is closed before its folder is removed. */
export function atEnd(t: TestContext, work: () => unknown): void {
  const present = endings.get(t)
  if (present) return void present.push(work)
  const works = [work]
  endings.set(t, works)
  t.onTestFinished(async () => {
    for (const each of works.reverse()) await each()
  })
}

/** A folder that is gone when the test ends. */
export function temporaryFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'coffer-database-'))
  atEnd(t, () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }))
  return folder
}

/** The prepared database is built once and used by every test; a first start without it takes seconds. */
export async function prepareImage(): Promise<void> {
  if (!(await hasFreshImage())) await buildDatabaseImage(join(root, imagePath))
}

/** What the suites run on; `on-server.test.ts` runs them again on a server of our own. */
export const engine = process.env['COFFER_TEST_ENGINE'] === 'embedded' ? 'embedded' : 'pglite'
/** The folder of the vault with its database. */
export const base = engine === 'embedded' ? 'postgres' : 'database'

// PostgreSQL refuses root; any other user of this computer will do.
if (process.getuid?.() === 0) process.env['COFFER_POSTGRES_USER'] ??= 'nobody'

let prepared: Promise<string> | null = null

/** A vault on a server of our own to copy from: initdb and all migrations for every test would take seconds. */
async function preparedVault(): Promise<string> {
  const dir = mkdtempSync(join(tmpdir(), 'coffer-prepared-'))
  process.on('exit', () => rmSync(dir, { recursive: true, force: true, maxRetries: 3 }))
  await (await createDatabase({ vaultDir: dir, engine: 'embedded' })).close()
  // Two thirds of a new cluster are templates for databases that nobody makes.
  const raw = await connect({ engine, dataDir: join(dir, base), mayInitialise: false })
  await raw.exec(`update pg_database set datistemplate = false where datistemplate`)
  for (const name of ['template0', 'template1']) await raw.exec(`drop database ${name}`)
  await raw.close()
  return dir
}

async function newDatabase(dir: string): Promise<Database> {
  if (engine === 'pglite') {
    await prepareImage()
    return createDatabase({ vaultDir: dir })
  }
  prepared ??= preparedVault()
  await cp(await prepared, dir, { recursive: true, filter: (path) => !path.endsWith('.ballast') })
  return openDatabase({ vaultDir: dir })
}

/** A new vault with people in it; closed when the test ends. */
export async function newVault(
  t: TestContext,
  ...names: string[]
): Promise<{ dir: string; database: Database; users: [string, ...string[]] }> {
  const dir = temporaryFolder(t)
  const database = await newDatabase(dir)
  atEnd(t, () => database.close())
  const [first = 'ann', ...others] = names
  const users: [string, ...string[]] = [await addUser(database, first)]
  for (const name of others) users.push(await addUser(database, name))
  return { dir, database, users }
}

export async function addUser(database: Database, username: string): Promise<string> {
  const row = await database.asService((tx) =>
    tx.one<{ id: string }>(`insert into core.users (username) values ($1) returning id`, [username]),
  )
  if (!row) throw new Error('no user was made')
  return row.id
}

/** Opens a vault again; closed when the test ends. */
export async function reopen(t: TestContext, dir: string): Promise<Database> {
  const database = await openDatabase({ vaultDir: dir })
  atEnd(t, () => database.close())
  return database
}

/** Ends with the code of the error `work` throws, or fails. */
export async function codeOf(work: Promise<unknown>): Promise<unknown> {
  try {
    await work
  } catch (error) {
    return typeof error === 'object' && error !== null && 'code' in error ? error.code : String(error)
  }
  return 'nothing was thrown'
}

export interface OtherProcess {
  readonly child: ChildProcess
  readonly lines: string[]
  /** Waits for a line that starts like this. */
  said(start: string): Promise<string>
  killHard(): Promise<void>
}

/** Starts one of the programs beside this file, on a vault, in a process of its own. */
export function startProgram(t: TestContext, file: string, ...args: string[]): OtherProcess {
  const child = spawn(process.execPath, ['--no-warnings', join(import.meta.dirname, file), ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  atEnd(t, () => child.kill('SIGKILL'))
  const lines: string[] = []
  const waiting = new Set<() => void>()
  const ended = once(child, 'exit').then(() => {
    for (const wake of waiting) wake()
  })
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(line)
    for (const wake of waiting) wake()
  })
  return {
    child,
    lines,
    async said(start) {
      for (;;) {
        const line = lines.find((each) => each.startsWith(start))
        if (line !== undefined) return line
        if (child.exitCode !== null || child.signalCode !== null) throw new Error(`it ended without saying ${start}`)
        await new Promise<void>((wake) => waiting.add(wake))
      }
    },
    async killHard() {
      child.kill('SIGKILL')
      await ended
    },
  }
}
