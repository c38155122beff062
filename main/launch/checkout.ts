import { spawn } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'

export const root = resolve(import.meta.dirname, '../..')
const require = createRequire(import.meta.url)

/** Runs one of our own steps with this very Node and passes on how it ended. */
export function runNode(args: readonly string[], env: NodeJS.ProcessEnv = process.env): Promise<number> {
  return runProgram(process.execPath, args, env)
}

export function runProgram(program: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  return new Promise((done, fail) => {
    const child = spawn(program, args, { cwd: root, env, stdio: 'inherit' })
    const pass = (signal: NodeJS.Signals) => (): void => void child.kill(signal)
    const onInt = pass('SIGINT')
    const onTerm = pass('SIGTERM')
    process.on('SIGINT', onInt)
    process.on('SIGTERM', onTerm)
    child.once('error', fail)
    child.once('exit', (code, signal) => {
      process.off('SIGINT', onInt)
      process.off('SIGTERM', onTerm)
      done(code ?? (signal === null ? 1 : 0))
    })
  })
}

/** The script a package offers as its command. */
export function binOf(packageName: string): string {
  const manifest = require.resolve(`${packageName}/package.json`)
  const { bin } = require(manifest) as { bin: string | Record<string, string> }
  const path = typeof bin === 'string' ? bin : bin[packageName]
  if (path === undefined) throw new Error(`${packageName} has no command.`)
  return join(dirname(manifest), path)
}

/** When anything below these places was last written, in milliseconds. */
export function newestChange(places: readonly string[]): number {
  let newest = 0
  for (const place of places) {
    const path = resolve(root, place)
    if (!existsSync(path)) continue
    const facts = statSync(path)
    newest = Math.max(newest, facts.mtimeMs)
    if (!facts.isDirectory()) continue
    newest = Math.max(newest, newestChange(readdirSync(path).map((name) => join(path, name))))
  }
  return newest
}

/** A window can be shown here. */
export function hasDisplay(): boolean {
  if (process.platform !== 'linux') return true
  return Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY'])
}

/** Node as an entry point: run `main` and let its number be the exit code. */
export async function finish(main: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await main()
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exitCode = 1
  }
}
