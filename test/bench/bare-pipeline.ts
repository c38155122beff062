import { fork } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Photos } from './photos.ts'

const worker = fileURLToPath(new URL('./bare-worker.ts', import.meta.url))
const workers = 2

/** The least work that reads photos at all: two workers take one photo after the other; no copy, no database. */
export async function runBarePipeline(photos: Photos, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  const waiting = [...photos.paths]
  await Promise.all(Array.from({ length: workers }, () => emptyQueue(waiting, folder)))
}

function emptyQueue(waiting: string[], folder: string): Promise<void> {
  const child = fork(worker, [], { execArgv: ['--disable-warning=ExperimentalWarning'] })
  return new Promise((resolve, reject) => {
    child.on('message', () => {
      const path = waiting.shift()
      if (path === undefined) child.disconnect()
      else child.send({ path, folder })
    })
    child.on('error', reject)
    child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`a worker ended with ${code}`))))
  })
}
