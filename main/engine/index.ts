import { once as event } from 'node:events'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { CofferError, messageOf } from './base/errors.ts'
import { listen, startEngine } from './engine.ts'

/**
 * The process entry. The parent writes one line `{"secret": …}` to stdin and keeps it open; the engine answers one line
 * `{"ready": true, "socket": …}` on stdout. When stdin closes, the parent is gone and the engine shuts down cleanly.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { 'state-dir': { type: 'string' }, vault: { type: 'string' } } })
  const lines = createInterface({ input: process.stdin })
  const secret = await firstSecret(lines)
  const engine = startEngine({ stateDir: values['state-dir'] ?? null, secret, isWatching: true })
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

async function firstSecret(lines: ReturnType<typeof createInterface>): Promise<string> {
  const [line] = (await event(lines, 'line')) as [string]
  const said: unknown = JSON.parse(line)
  if (typeof said === 'object' && said !== null && 'secret' in said && typeof said.secret === 'string')
    return said.secret
  throw new CofferError('The engine was started without a secret.', { code: 'wrong-usage' })
}

function once(run: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined
  return () => (running ??= run())
}

main().catch((error: unknown) => {
  const code = error instanceof CofferError ? error.code : 'internal'
  process.stdout.write(`${JSON.stringify({ ready: false, error: { code, message: messageOf(error) } })}\n`)
  process.exitCode = 1
})
