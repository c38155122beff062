import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'

/** The engine is the app's child that runs its entry. */
export function enginePid(parent: number): number {
  const found = children(parent).find((pid) => /engine[\\/]index\.(js|ts)/.test(commandOf(pid)))
  assert.ok(found !== undefined, 'an engine runs')
  return found
}

function children(parent: number): readonly number[] {
  if (process.platform !== 'linux') {
    return execFileSync('pgrep', ['-P', String(parent)], { encoding: 'utf8' })
      .trim()
      .split('\n')
      .map(Number)
  }
  return readdirSync(`/proc/${parent}/task`).flatMap((task) =>
    readFileSync(`/proc/${parent}/task/${task}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number),
  )
}

function commandOf(pid: number): string {
  return process.platform === 'linux'
    ? readFileSync(`/proc/${pid}/cmdline`, 'utf8')
    : execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' })
}
