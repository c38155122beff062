import { extname, join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { messageOf, systemCode } from '../base/errors.ts'
import { firstBytes } from './first-bytes.ts'
import { inspect } from './inspect.ts'
import { KIND_BYTES, recogniseKind } from './kind/recognise.ts'
import { shared, type Found, type FromChild, type ToChild } from './messages.ts'
import { cpuSeconds } from './watch.ts'

const limits = new Float64Array(new SharedArrayBuffer(shared.length * Float64Array.BYTES_PER_ELEMENT))
const watch = new Worker(join(import.meta.dirname, `watch${extname(import.meta.filename)}`), {
  workerData: limits,
  resourceLimits: { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 2, stackSizeMb: 1 },
})
// Without a watch no file may be opened.
watch.on('error', () => process.exit(1))
watch.unref()

const send = (message: FromChild): boolean | undefined => process.send?.(message)

process.on('disconnect', () => process.exit(0))
process.on('message', (message: ToChild) => {
  const { id } = message
  limits[shared.maxMemoryMb] = message.limits.maxMemoryMb
  limits[shared.startedCpuSeconds] = cpuSeconds()
  limits[shared.maxCpuSeconds] = message.limits.maxCpuSeconds
  look(message)
    .then(
      (found) => send({ kind: 'done', id, found, rssMb: process.memoryUsage.rss() / 1_000_000 }),
      (error: unknown) => send({ kind: 'failed', id, message: messageOf(error), code: systemCode(error) }),
    )
    .finally(() => {
      limits[shared.maxCpuSeconds] = 0
    })
    .catch(() => process.exit(1))
})
watch.once('online', () => send({ kind: 'ready' }))

async function look({ job, depth, limits: { maxPixels } }: ToChild): Promise<Found> {
  if ('head' in job || depth === 'kind') {
    const head = 'head' in job ? job.head : await firstBytes(job.path, KIND_BYTES)
    const kind = await recogniseKind(head, job.filename)
    return kind && { kind, inspection: null }
  }
  const inspection = await inspect(job, { maxPixels, isFactsOnly: depth === 'facts' })
  return inspection && { kind: inspection.kind, inspection }
}
