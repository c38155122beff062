import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Import, VaultState } from '../../main/contract/index.ts'
import { coffer } from '../support/coffer.ts'
import { startBuiltEngine, type BuiltEngine } from './built-engine.ts'
import { watchMemory } from './memory.ts'
import type { Photos } from './photos.ts'

export interface EngineRun {
  readonly firstSeconds: number
  /** The same folder once more, nothing in it changed. */
  readonly againSeconds: number
  /** Resident megabytes of the engine and its children, sampled over the first import. */
  readonly memoryMb: readonly number[]
}

/** As often as the command line asks. */
const pollMs = 100

/** Imports the photos into a new vault as the app does, then the same folder again. */
export async function runEngine(photos: Photos, folder: string): Promise<EngineRun> {
  await mkdir(folder, { recursive: true })
  const vault = join(folder, 'vault')
  const made = await coffer(['init', vault])
  if (made.code !== 0) throw new Error(made.stderr)
  const engine = await startBuiltEngine(vault, folder)
  try {
    await untilReady(engine)
    const memory = watchMemory(engine.pid)
    const first = await importFolder(engine, photos.folder)
    const memoryMb = await memory.stop()
    expect(first.ended, { added: photos.paths.length, duplicates: 0 })
    const again = await importFolder(engine, photos.folder)
    expect(again.ended, { added: 0, duplicates: photos.paths.length })
    return { firstSeconds: first.seconds, againSeconds: again.seconds, memoryMb }
  } finally {
    await engine.stop()
  }
}

async function untilReady(engine: BuiltEngine): Promise<void> {
  for (;;) {
    const state = await engine.ask<VaultState>('GET', '/vault')
    if (state.state === 'ready') return
    if (state.state === 'none' && state.problem !== null) throw new Error(state.problem)
    await pause(pollMs)
  }
}

/** Imports a folder and waits until it is all in. */
export async function importFolder(
  engine: BuiltEngine,
  folder: string,
): Promise<{ readonly ended: Import; readonly seconds: number }> {
  const startedMs = performance.now()
  let now = await engine.ask<Import>('POST', '/imports', { paths: [folder] })
  while (now.status === 'running') {
    await pause(pollMs)
    now = await engine.ask<Import>('GET', `/imports/${now.id}`)
  }
  return { ended: now, seconds: (performance.now() - startedMs) / 1000 }
}

function expect(ended: Import, wanted: { readonly added: number; readonly duplicates: number }): void {
  const { status, added, duplicates } = ended
  if (status !== 'done' || added !== wanted.added || duplicates !== wanted.duplicates) {
    throw new Error(`the import ended ${status} with ${added} added, ${duplicates} already here`)
  }
}
