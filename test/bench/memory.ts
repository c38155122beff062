import { execFile } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'

export interface MemoryWatch {
  /** Ends the watch; resident megabytes of the whole tree at each sample, in order. */
  stop(): Promise<readonly number[]>
}

interface Process {
  readonly pid: number
  readonly parent: number
  readonly residentKb: number
}

const sampleMs = 100

/** Samples the resident memory of a process and everything it started. Empty where a system does not tell. */
export function watchMemory(pid: number): MemoryWatch {
  const samples: number[] = []
  const ending = new AbortController()
  const ended = (async () => {
    while (!ending.signal.aborted) {
      const total = treeMb(pid, await processes())
      if (total > 0) samples.push(total)
      await pause(sampleMs)
    }
  })()
  return {
    async stop() {
      ending.abort()
      await ended
      return samples
    },
  }
}

/** Resident megabytes of one process alone; 0 where a system does not tell. */
export async function residentMb(pid: number): Promise<number> {
  const found = (await processes()).find((each) => each.pid === pid)
  return found ? (found.residentKb * 1024) / 1_000_000 : 0
}

function treeMb(root: number, all: readonly Process[]): number {
  const tree = new Set([root])
  let size = 0
  while (tree.size > size) {
    size = tree.size
    for (const each of all) if (tree.has(each.parent)) tree.add(each.pid)
  }
  const kb = all.filter((each) => tree.has(each.pid)).reduce((sum, each) => sum + each.residentKb, 0)
  return (kb * 1024) / 1_000_000
}

async function processes(): Promise<Process[]> {
  if (process.platform === 'linux') return fromProc()
  if (process.platform === 'win32') return []
  const { stdout } = await promisify(execFile)('ps', ['-axo', 'pid=,ppid=,rss='])
  return stdout.split('\n').map((line) => {
    const [pid = 0, parent = 0, residentKb = 0] = line.trim().split(/\s+/).map(Number)
    return { pid, parent, residentKb }
  })
}

async function fromProc(): Promise<Process[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const found = await Promise.all(
    pids.map(async (pid) => {
      // A process may end between the listing and the reading.
      const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
      const field = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0)
      return { pid: Number(pid), parent: field('PPid'), residentKb: field('VmRSS') }
    }),
  )
  return found
}
