import { messageOf, systemCode } from '../base/errors.ts'
import { inspect } from './inspect.ts'
import { memoryExitCode, type FromChild, type ToChild } from './messages.ts'

let maxMemoryMb = Number.POSITIVE_INFINITY
const rssMb = (): number => process.memoryUsage.rss() / 1_000_000
// sharp decodes beside this thread, so the watch goes on while a picture swells.
setInterval(() => {
  if (rssMb() > maxMemoryMb) process.exit(memoryExitCode)
}, 100).unref()

const say = (message: FromChild): boolean | undefined => process.send?.(message)

process.on('disconnect', () => process.exit(0))
process.on('message', ({ id, job, limits, isFactsOnly }: ToChild) => {
  maxMemoryMb = limits.maxMemoryMb
  inspect(job, { maxPixels: limits.maxPixels, isFactsOnly }).then(
    (inspection) => say({ kind: 'done', id, inspection, rssMb: rssMb() }),
    (error: unknown) => say({ kind: 'failed', id, message: messageOf(error), code: systemCode(error) }),
  )
})
say({ kind: 'ready' })
