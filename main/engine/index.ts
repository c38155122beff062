import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { CofferError } from './base/errors.ts'
import { plainError } from './base/plain-error.ts'
import { listen, startEngine } from './engine.ts'

/**
 * The process entry. The parent writes one line `{"secret": …, "storeKey": …}` to stdin and keeps it open; the engine
 * answers one line `{"ready": true, "socket": …}` on stdout. `storeKey` may be absent: there is no key store then. Later lines
 * are news of the computer, `{"onBattery": true}`. When stdin closes, the parent is gone and the engine shuts down cleanly.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { 'state-dir': { type: 'string' }, vault: { type: 'string' } } })
  const lines = createInterface({ input: process.stdin })
  const first = Promise.withResolvers<string>()
  let onBattery: boolean | null = null
  // One listener from the beginning: news may come in one piece with the greeting.
  let isGreeted = false
  lines.on('line', (line) => {
    if (isGreeted) onBattery = newsIn(line).onBattery ?? onBattery
    else first.resolve(line)
    isGreeted = true
  })
  const greeting = greetingIn(await first.promise)
  const engine = startEngine({
    stateDir: values['state-dir'] ?? null,
    isWatching: true,
    toldOnBattery: () => onBattery,
    ...greeting,
  })
  const server = await listen(engine)
  const stop = once(async () => {
    // The last resort against a close that hangs: everything acknowledged is on disk already.
    setTimeout(() => process.exit(1), 10_000).unref()
    await server.close()
    await engine.close()
    process.exit(0)
  })
  lines.on('close', () => void stop())
  process.on('SIGTERM', () => void stop())
  process.on('SIGINT', () => void stop())
  // Begun before anyone can ask, so that the first answer is `opening` and no window shows its welcome for a moment.
  const reopened = engine.reopen(values.vault)
  process.stdout.write(`${JSON.stringify({ ready: true, socket: server.socket })}\n`)
  await reopened
}

function greetingIn(line: string): { readonly secret: string; readonly storeKey?: string } {
  const said = z
    .object({
      secret: z.string().min(1),
      storeKey: z
        .string()
        .regex(/^[0-9a-f]{64}$/)
        .optional(),
    })
    .safeParse(JSON.parse(line))
  if (!said.success) throw new CofferError('The engine was started without a secret.', { code: 'wrong-usage' })
  const { secret, storeKey } = said.data
  return { secret, ...(storeKey !== undefined && { storeKey }) }
}

const newsSchema = z.object({ onBattery: z.boolean().optional() })

/** What a later line tells; one that this engine does not understand tells nothing. */
function newsIn(line: string): z.infer<typeof newsSchema> {
  try {
    return newsSchema.parse(JSON.parse(line))
  } catch {
    return {}
  }
}

function once(run: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined
  return () => (running ??= run())
}

main().catch((error: unknown) => {
  const { code, message } = plainError(error)
  process.stdout.write(`${JSON.stringify({ ready: false, error: { code, message } })}\n`)
  process.exitCode = 1
})
