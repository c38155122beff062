import { spawn, execFile, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { chmod, chown, mkdir, readFile, readlink, realpath, rm, stat, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { basename, dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import { CofferError, messageOf } from '../../base/errors.ts'
import { isAlive, runtimeFolder } from '../../base/scratch.ts'
import { takeOver } from './server-config.ts'
import { damaged } from './sql-error.ts'
import { watchdog } from './watchdog.ts'
import { isReachable, serverFiles, type ServerFiles } from './server-files.ts'
import { serverUser, type ServerUser } from './server-user.ts'

/** How a client reaches a server. */
export interface Reach {
  readonly host: string
  readonly port: number
  readonly user: string
  readonly password?: string
}

/** A PostgreSQL server of our own over one folder. */
export interface Server {
  readonly reach: Reach
  /** What it said last; no statement and no value is ever in it. */
  words(): string
  /** Ends its sessions, writes the last checkpoint and stops. */
  stop(): Promise<void>
  /** Stops at once, as in a crash. */
  kill(): Promise<void>
  readonly stopped: Promise<void>
}

const settings = [
  'fsync=on',
  'full_page_writes=on',
  'synchronous_commit=on',
  'shared_buffers=128MB',
  'max_connections=24',
  'max_wal_size=256MB',
  'min_wal_size=32MB',
  'timezone=UTC',
  'log_timezone=UTC',
  'lc_messages=C',
  'logging_collector=off',
  'log_destination=stderr',
  // Statements and values are private: only what the server says of itself is heard.
  'log_min_messages=log',
  'log_min_error_statement=panic',
  'log_error_verbosity=terse',
  'log_checkpoints=off',
]

const run = promisify(execFile)
const superuser = 'postgres'

/**
 * Starts a server over a data folder and waits until it takes questions; makes the folder first when it may and there is
 * none. A server that an engine left behind over the same folder is stopped before. The vault's lock must be held. Throws
 * `database-damaged` with the server's own words, and `database-refused` where there is no server for this computer.
 */
export async function startServer(options: {
  readonly dataDir: string
  readonly mayInitialise: boolean
  /** Loopback with a password instead of a socket: what Windows has. */
  readonly isOverTcp?: boolean
}): Promise<Server> {
  const { dataDir, isOverTcp = process.platform === 'win32' } = options
  const user = await serverUser()
  const files = await serverFiles(user)
  if (user) await letThrough(dataDir, user)
  if (!existsSync(join(dataDir, 'PG_VERSION'))) {
    // initdb would make an empty database; only a new vault may come to that.
    if (!options.mayInitialise) throw damaged('PG_VERSION is missing')
    await initialise(dataDir, files, user, isOverTcp)
    await takeOver('embedded', dataDir, { user, isOverTcp })
  } else {
    await takeOver('embedded', dataDir, { user, isOverTcp })
    if (user) await ownAll(dataDir, user)
    await stopLeftover(dataDir, files, user)
  }
  const socketDir = await privateFolder(user)
  try {
    const port = isOverTcp ? await freePort() : 5432
    const child = start(dataDir, files, user, [
      `port=${port}`,
      `listen_addresses=${isOverTcp ? '127.0.0.1' : ''}`,
      `unix_socket_directories=${isOverTcp ? '' : socketDir}`,
    ])
    const password = isOverTcp ? (await readFile(secretPath(dataDir), 'utf8')).trim() : null
    return await ready(child, {
      files,
      dataDir,
      socketDir,
      serverUser: user,
      reach: {
        host: isOverTcp ? '127.0.0.1' : socketDir,
        port,
        user: superuser,
        ...(password !== null && { password }),
      },
    })
  } catch (error) {
    await rm(socketDir, { recursive: true, force: true })
    throw error
  }
}

/** Stops a server that an engine left behind over a folder, before the folder itself is touched. */
export async function endLeftoverServer(dataDir: string): Promise<void> {
  if (!existsSync(join(dataDir, 'postmaster.pid'))) return
  const user = await serverUser()
  await stopLeftover(dataDir, await serverFiles(user), user)
}

function secretPath(dataDir: string): string {
  return join(dataDir, 'coffer.secret')
}

async function initialise(
  dataDir: string,
  { initdb }: ServerFiles,
  user: ServerUser,
  isOverTcp: boolean,
): Promise<void> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  if (user) await chown(dataDir, user.uid, user.gid)
  const secret = randomBytes(24).toString('hex')
  const secretFolder = await privateFolder(user)
  const secretFile = join(secretFolder, 'secret')
  try {
    await writeFile(secretFile, secret, { mode: 0o600 })
    if (user) await chown(secretFile, user.uid, user.gid)
    // Sorted and spelled as PGlite does: by code point, with the letters of Unicode.
    const letters =
      process.platform === 'win32' ? [] : [`--lc-ctype=${process.platform === 'darwin' ? 'en_US.UTF-8' : 'C.UTF-8'}`]
    await run(
      initdb,
      [
        '-D',
        dataDir,
        '-U',
        superuser,
        '-E',
        'UTF8',
        '--locale=C',
        ...letters,
        '--data-checksums',
        ...(isOverTcp ? ['-A', 'scram-sha-256', '--pwfile', secretFile] : ['--auth-local=trust', '--auth-host=reject']),
      ],
      { ...asUser(user), cwd: dataDir },
    )
    if (isOverTcp) {
      await writeFile(secretPath(dataDir), secret, { mode: 0o600 })
      if (user) await chown(secretPath(dataDir), user.uid, user.gid)
    }
  } catch (error) {
    throw damaged(messageOf(error))
  } finally {
    await rm(secretFolder, { recursive: true, force: true })
  }
}

function asUser(user: ServerUser): { uid?: number; gid?: number; env: NodeJS.ProcessEnv } {
  // Settings of the person's own PostgreSQL must not reach ours.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('PG')))
  return { ...user, env }
}

function start(dataDir: string, { postgres }: ServerFiles, user: ServerUser, more: readonly string[]): ChildProcess {
  return spawn(postgres, ['-D', dataDir, ...[...settings, ...more].flatMap((setting) => ['-c', setting])], {
    ...asUser(user),
    cwd: dataDir,
    stdio: ['ignore', 'ignore', 'pipe'],
    // Ctrl-C in a terminal is for Coffer, which then stops its server itself.
    detached: process.platform !== 'win32',
    windowsHide: true,
  })
}

/** Waits for the line that says it takes questions. Recovery after a crash comes before it and may take minutes. */
async function ready(
  child: ChildProcess,
  given: {
    readonly files: ServerFiles
    readonly dataDir: string
    readonly socketDir: string
    readonly serverUser: ServerUser
    readonly reach: Reach
  },
): Promise<Server> {
  const words: string[] = []
  const opened = Promise.withResolvers<void>()
  const isStopped = (): boolean => child.exitCode !== null || child.signalCode !== null
  child.on('error', (error) => {
    words.push(messageOf(error))
    opened.reject(damaged(words.join('\n')))
  })
  const stopped = new Promise<void>((resolve) => child.on('close', () => resolve()))
  if (child.stderr) {
    createInterface({ input: child.stderr }).on('line', (line) => {
      // What has used memory when there is no more of it is listed with the statements that did.
      if (/ \d+ total in \d+ blocks?;/.test(line)) return
      words.push(line)
      if (words.length > 20) words.shift()
      if (line.includes('database system is ready to accept connections')) opened.resolve()
    })
  }
  void stopped.then(() => opened.reject(damaged(words.join('\n'))))
  await opened.promise.finally(watchdog(() => child.kill('SIGKILL')))
  const keeper = keep(child.pid ?? 0, given.serverUser)
  void stopped.then(async () => {
    keeper?.kill('SIGKILL')
    await rm(given.socketDir, { recursive: true, force: true }).catch(() => {})
  })
  return {
    reach: given.reach,
    words: () => words.join('\n'),
    stopped,
    async stop() {
      if (!isStopped()) await pgStop(given.dataDir, given.files, given.serverUser).catch(() => {})
      await stopped
    },
    async kill() {
      if (!isStopped()) child.kill(process.platform === 'win32' ? 'SIGKILL' : 'SIGQUIT')
      await stopped
    },
  }
}

async function pgStop(dataDir: string, { pgCtl }: ServerFiles, user: ServerUser): Promise<void> {
  await run(pgCtl, ['stop', '-D', dataDir, '-m', 'fast', '-t', '120'], { ...asUser(user), cwd: dataDir })
}

/**
 * A shell that waits on a pipe of ours: however this process ends, the pipe closes, and the server is asked to stop. Without it
 * a killed engine would leave a server behind that nobody uses. Windows has no such shell; there the next start stops it.
 */
function keep(pid: number, user: ServerUser): ChildProcess | null {
  if (process.platform === 'win32') return null
  const keeper = spawn('/bin/sh', ['-c', 'read -r _; kill -INT "$1"', 'coffer-postgres-keeper', String(pid)], {
    ...asUser(user),
    cwd: '/',
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  })
  keeper.on('error', () => {})
  keeper.unref()
  return keeper
}

/**
 * Stops a server of an engine that was killed. `postmaster.pid` alone proves nothing: its number may be another program's now, and
 * the folder somebody else's. So the process itself must be a server that runs over this very folder; nothing else that the
 * file says is used.
 */
async function stopLeftover(dataDir: string, files: ServerFiles, user: ServerUser): Promise<void> {
  const path = join(dataDir, 'postmaster.pid')
  const text = await readFile(path, 'utf8').catch(() => null)
  if (text === null) return
  const pid = Number(text.split('\n')[0])
  for (let waited = 0; waited < 100; waited += 1) {
    if (!existsSync(path) || (await isServerOver(pid, dataDir)) !== true) break
    // One on its way up or down takes the request a little later, or is gone.
    await pgStop(dataDir, files, user).catch(() => pause(100))
  }
  // After a restart of the computer the number belongs to somebody else, and PostgreSQL would refuse for ever.
  if (existsSync(path) && (await isServerOver(pid, dataDir)) === false) await rm(path, { force: true })
}

/** Whether a process is a PostgreSQL server over a folder; null when it is a server and the system does not tell over which. */
async function isServerOver(pid: number, dataDir: string): Promise<boolean | null> {
  if (!isAlive(pid)) return false
  try {
    const words = await commandOf(pid)
    if (!/postgres/i.test(words)) return false
    const real = await realpath(dataDir)
    return words.includes(dataDir) || words.includes(real) || (await workingFolder(pid)) === real ? true : null
  } catch {
    // Gone meanwhile, or no program here can say.
    return isAlive(pid) ? null : false
  }
}

/** The command line a process was started with. */
async function commandOf(pid: number): Promise<string> {
  if (process.platform === 'linux') return (await readFile(`/proc/${pid}/cmdline`, 'utf8')).replaceAll('\0', ' ')
  if (process.platform !== 'win32') return (await run('ps', ['-ww', '-p', String(pid), '-o', 'args='])).stdout
  const ask = `(Get-CimInstance Win32_Process -Filter 'ProcessId=${pid}').CommandLine`
  return (await run('powershell', ['-NoProfile', '-NonInteractive', '-Command', ask])).stdout
}

/** A server works in its data folder, under whatever path it was given; only Linux tells. */
async function workingFolder(pid: number): Promise<string | null> {
  return process.platform === 'linux' ? readlink(`/proc/${pid}/cwd`).catch(() => null) : null
}

/** A folder nobody else can look into. */
async function privateFolder(user: ServerUser): Promise<string> {
  const folder = await runtimeFolder('postgres')
  if (user) await chown(folder, user.uid, user.gid)
  return folder
}

async function freePort(): Promise<number> {
  const probe = createServer()
  probe.listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  await new Promise((done) => probe.close(done))
  return port
}

/**
 * Lets the server's user pass through the vault to its own folder there, and see nothing else. Folders around the vault are
 * not ours to open. Throws `database-refused`.
 */
async function letThrough(dataDir: string, user: NonNullable<ServerUser>): Promise<void> {
  const inside = dirname(dataDir)
  const isScratch = !existsSync(join(inside, 'vault.json')) && existsSync(join(dirname(inside), 'vault.json'))
  for (const folder of isScratch ? [inside, dirname(inside)] : [inside]) {
    const { mode, gid } = await stat(folder)
    if (mode & 0o001 || (gid === user.gid && mode & 0o010)) continue
    await chown(folder, process.getuid?.() ?? 0, user.gid)
    await chmod(folder, (mode & 0o700) | 0o010)
  }
  const around = dirname(isScratch ? dirname(inside) : inside)
  if (await isReachable(around)) return
  throw new CofferError(`The user PostgreSQL is run as (COFFER_POSTGRES_USER) may not pass through ${around}.`, {
    code: 'database-refused',
  })
}

/** A folder that was copied, or restored from elsewhere, belongs to the user who copied it. */
async function ownAll(dataDir: string, user: NonNullable<ServerUser>): Promise<void> {
  const found = await stat(dataDir)
  if (found.uid === user.uid) return
  await run('chown', ['-R', `${user.uid}:${user.gid}`, basename(dataDir)], { cwd: dirname(dataDir) })
}
