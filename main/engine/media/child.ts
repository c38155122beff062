import { messageOf } from '../base/errors.ts'
import { inspect } from './inspect.ts'
import { memoryExitCode, type FromChild, type ToChild } from './messages.ts'

let maxMemoryMb = Number.POSITIVE_INFINITY
// Decoding runs beside this thread, so the watch goes on while a picture swells.
setInterval(() => {
  if (process.memoryUsage.rss() > maxMemoryMb * 1_000_000) process.exit(memoryExitCode)
}, 100).unref()

process.on('disconnect', () => process.exit(0))
process.on('message', (message: ToChild) => {
  maxMemoryMb = message.limits.maxMemoryMb
  inspect(message.job, message.limits).then(
    (inspection) => process.send?.({ id: message.id, inspection } satisfies FromChild),
    (error: unknown) => process.send?.({ id: message.id, error: messageOf(error) } satisfies FromChild),
  )
})
