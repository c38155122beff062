import { spawn, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { createInterface } from 'node:readline'
import { engineEnvironment, engineFlags } from '../contract/index.ts'
import type { Layout } from './layout.ts'
import { engineVariables } from './overrides.ts'

export interface EngineAddress {
  readonly socket: string
  readonly secret: string
}

export interface EngineProcess {
  /** Waits until the engine answers; rejects when it has not come up within `timeoutMs`. */
  address(timeoutMs: number): Promise<EngineAddress>
  /** News of the computer; an engine that is started again is told the last of them. */
  tell(news: EngineNews): void
  close(): Promise<void>
}

export interface EngineNews {
  readonly onBattery: boolean
}

const firstDelayMs = 250
const longestDelayMs = 10_000
const healthyAfterMs = 60_000
const closeSteps = [
  { waitMs: 5000, signal: 'SIGTERM' },
  { waitMs: 2000, signal: 'SIGKILL' },
] as const

/**
 * Keeps one engine running: starts it, starts it again with growing pauses when it dies, and ends it cleanly. Closing
 * its stdin is the request to end; an engine whose parent is killed sees the same and ends too.
 */
export function superviseEngine(
  layout: Layout,
  options: { readonly stateDir: string; readonly vault: string | null; readonly storeKey: string | null },
): EngineProcess {
  let child: ChildProcess | null = null
  let address: EngineAddress | null = null
  let lastNews: EngineNews | null = null
  let lastProblem = 'Coffer’s engine has not started yet.'
  let delayMs = firstDelayMs
  let restart: NodeJS.Timeout | null = null
  let closing = false
  const waiting = new Set<() => void>()

  function launch(): void {
    restart = null
    const secret = randomBytes(32).toString('hex')
    const args = [...engineFlags, layout.engineEntry, '--state-dir', options.stateDir]
    if (options.vault !== null) args.push('--vault', options.vault)
    const startedAt = Date.now()
    const started = spawn(layout.node, args, {
      cwd: layout.engineDir,
      env: { ...engineEnvironment, ...engineVariables() },
      stdio: ['pipe', 'pipe', 'inherit'],
      windowsHide: true,
    })
    child = started
    // A write to an engine that died at once fails; its exit says more.
    started.stdin.on('error', () => {})
    const { storeKey } = options
    started.stdin.write(`${JSON.stringify({ secret, ...(storeKey !== null && { storeKey }) })}\n`)
    if (lastNews) started.stdin.write(`${JSON.stringify(lastNews)}\n`)
    createInterface({ input: started.stdout }).once('line', (line) => {
      const said = parseGreeting(line)
      if (typeof said === 'string') {
        lastProblem = said
        return
      }
      address = { socket: said.socket, secret }
      for (const wake of waiting) wake()
    })
    let ended = false
    const onEnd = (): void => {
      if (ended) return
      ended = true
      child = null
      address = null
      if (closing) return
      if (Date.now() - startedAt >= healthyAfterMs) delayMs = firstDelayMs
      restart = setTimeout(launch, delayMs)
      delayMs = Math.min(delayMs * 2, longestDelayMs)
    }
    started.once('error', (error) => {
      lastProblem = `Coffer’s engine could not be started: ${error.message}`
      onEnd()
    })
    started.once('exit', onEnd)
  }

  launch()
  return {
    address(timeoutMs) {
      if (address) return Promise.resolve(address)
      return new Promise((resolve, reject) => {
        const wake = (): void => {
          if (!address) return
          clearTimeout(timer)
          waiting.delete(wake)
          resolve(address)
        }
        const timer = setTimeout(() => {
          waiting.delete(wake)
          reject(new Error(lastProblem))
        }, timeoutMs)
        waiting.add(wake)
      })
    },
    tell(news) {
      lastNews = news
      child?.stdin?.write(`${JSON.stringify(news)}\n`)
    },
    async close() {
      closing = true
      if (restart) clearTimeout(restart)
      const running = child
      if (!running) return
      const ended = new Promise<void>((resolve) => running.once('exit', () => resolve()))
      running.stdin?.end()
      for (const step of closeSteps) {
        if (await endsWithin(ended, step.waitMs)) return
        running.kill(step.signal)
      }
      await ended
    },
  }
}

/** The socket of an engine that is ready, or the sentence of one that is not. */
function parseGreeting(line: string): { readonly socket: string } | string {
  try {
    const said = JSON.parse(line) as { ready?: boolean; socket?: string; error?: { message?: string } }
    if (said.ready === true && typeof said.socket === 'string') return { socket: said.socket }
    return said.error?.message ?? 'Coffer’s engine could not start.'
  } catch {
    return 'Coffer’s engine said something unexpected while starting.'
  }
}

function endsWithin(ended: Promise<void>, timeoutMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), timeoutMs)
    void ended.then(() => {
      clearTimeout(timer)
      resolve(true)
    })
  })
}
