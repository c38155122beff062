import { rm, writeFile } from 'node:fs/promises'
import type { Server } from 'node:http'
import { basename, join } from 'node:path'
import { createAdaptorServer } from '@hono/node-server'
import { runtimeFolder, sweepRuntime } from '../base/scratch.ts'
import type { Engine } from './port.ts'

export interface Listening {
  readonly socket: string
  close(): Promise<void>
}

/**
 * Serves the API on a private socket: a Unix socket in a fresh folder only this person can enter, or a named pipe. The
 * launch secret lies beside it with mode 0600, so that the command line of the same person can use the running engine.
 */
export async function listen(engine: Engine): Promise<Listening> {
  await sweepRuntime()
  const folder = await runtimeFolder('engine')
  const socket = process.platform === 'win32' ? `\\\\.\\pipe\\${basename(folder)}` : join(folder, 'engine.sock')
  await writeFile(join(folder, 'secret'), engine.secret, { mode: 0o600 })
  const server = createAdaptorServer({ fetch: (request: Request) => engine.fetch(request) }) as Server
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(socket, resolve)
  })
  const note = (): void => {
    if (engine.state().state === 'ready') void engine.vault().lock.note({ socket, runtimeDir: folder })
  }
  const stop = engine.onVault(note)
  note()
  return {
    socket,
    async close() {
      stop()
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
      await rm(folder, { recursive: true, force: true })
    },
  }
}
