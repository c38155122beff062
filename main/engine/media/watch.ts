import { writeSync } from 'node:fs'
import { isMainThread, workerData } from 'node:worker_threads'
import { endedFor, shared, type EndReason } from './messages.ts'

/**
 * The watch of a worker: a thread beside the one that reads, which may be busy inside a decoder for as long as it likes.
 * It ends the process when a file has taken more processor time or memory than it may. Clock time is none of its
 * business: a busy computer makes no file worse.
 */
const everyMs = 200

/** Processor time of this process so far, all of its threads together. */
export function cpuSeconds(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1_000_000
}

function end(reason: EndReason): void {
  writeSync(2, `${endedFor[reason]}\n`)
  process.kill(process.pid, 'SIGKILL')
}

if (!isMainThread && workerData instanceof Float64Array) {
  const limits = workerData
  setInterval(() => {
    const maxMemoryMb = limits[shared.maxMemoryMb] ?? 0
    const maxCpuSeconds = limits[shared.maxCpuSeconds] ?? 0
    if (maxMemoryMb > 0 && process.memoryUsage.rss() / 1_000_000 > maxMemoryMb) end('memory')
    else if (maxCpuSeconds > 0 && cpuSeconds() - (limits[shared.startedCpuSeconds] ?? 0) > maxCpuSeconds) end('time')
  }, everyMs)
}
