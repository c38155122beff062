import { spawn, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { projectRoot } from './folders.ts'

export interface Run {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
  /** stdout as JSON; throws when it is not one document. */
  json<T>(): T
}

const program = ['--disable-warning=ExperimentalWarning', join(projectRoot, 'main/engine/cli/index.ts')]

/** Runs the command line as a person does, in a process of its own. */
export function coffer(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Run> {
  const child = spawnCoffer(args, env)
  let stdout = ''
  let stderr = ''
  child.stdout?.on('data', (chunk: Buffer) => (stdout += chunk.toString()))
  child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, stdout, stderr, json: <T>() => JSON.parse(stdout) as T }))
  })
}

/** Starts the command line without waiting for it, to kill or watch it. */
export function spawnCoffer(args: readonly string[], env: Readonly<Record<string, string>> = {}): ChildProcess {
  return spawn(process.execPath, [...program, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

/** The answer of `coffer import --json`. */
export interface ImportAnswer {
  readonly importId: string
  readonly status: string
  readonly seen: number
  readonly added: number
  readonly duplicates: number
  readonly stacked: number
  readonly unsupported: number
  readonly damaged: number
  readonly failed: number
  readonly skipped: number
  readonly items: {
    readonly path: string
    readonly outcome: string
    readonly mediaId?: string
    readonly reason?: string
  }[]
}
