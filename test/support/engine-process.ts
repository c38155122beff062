import { spawn, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { request } from 'node:http'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { projectRoot } from './folders.ts'
import { overWire } from './wire.ts'

/** The engine as the app starts it: a process of its own, a secret on stdin, a socket. */
export interface EngineProcess {
  readonly child: ChildProcess
  ask<T>(method: string, path: string, body?: unknown): Promise<T>
  /** kill -9, and wait until it is gone. */
  kill(): Promise<void>
  /** Closes stdin, as a parent that quits does, and waits for the clean end. */
  stop(): Promise<number | null>
}

/** `news` goes to its stdin in one piece with the secret, as it does while the engine is still starting. */
export async function startEngineProcess(
  vault: string | null,
  stateDir: string,
  env: Readonly<Record<string, string>> = {},
  news: object | null = null,
): Promise<EngineProcess> {
  const secret = randomBytes(32).toString('hex')
  const child = spawn(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      join(projectRoot, 'main/engine/index.ts'),
      '--state-dir',
      stateDir,
      ...(vault === null ? [] : ['--vault', vault]),
    ],
    { stdio: ['pipe', 'pipe', 'inherit'], env: { ...process.env, ...env } },
  )
  const exited = once(child, 'exit')
  const lines = [{ secret }, ...(news === null ? [] : [news])]
  child.stdin.write(lines.map((each) => `${JSON.stringify(each)}\n`).join(''))
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
  const { socket } = JSON.parse(line) as { socket: string }
  return {
    child,
    ask: (method, path, body) => overSocket(socket, secret, method, path, body),
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return
      child.kill('SIGKILL')
      await exited
    },
    async stop() {
      child.stdin.end()
      const [code] = (await exited) as [number | null]
      return code
    },
  }
}

function overSocket<T>(socketPath: string, secret: string, method: string, path: string, body?: unknown): Promise<T> {
  const { sent, received } = overWire(method, path, body)
  return new Promise((resolve, reject) => {
    const headers = { 'x-coffer-secret': secret, 'content-type': 'application/json' }
    const outgoing = request({ socketPath, method, path: `/api/v1${path}`, headers }, (incoming) => {
      let text = ''
      incoming.on('data', (chunk: Buffer) => (text += chunk.toString()))
      incoming.on('end', () => resolve(received(text) as T))
      incoming.on('error', reject)
    })
    outgoing.on('error', reject)
    outgoing.end(sent)
  })
}
