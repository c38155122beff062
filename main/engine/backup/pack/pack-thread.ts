import { parentPort } from 'node:worker_threads'
import type { ArchiveStep, PackAnswer, PackRequest } from './messages.ts'
import { readPack } from './read-pack.ts'
import { writeArchive } from './write-archive.ts'
import { writePack } from './write-pack.ts'

/** A thread for reading, hashing and encrypting: synchronous throughout, so that nothing waits for an event loop. */
const port = parentPort
if (!port) throw new Error('the pack thread was started as a program')

async function run(request: PackRequest): Promise<NonNullable<PackAnswer['result']>> {
  switch (request.kind) {
    case 'write':
      return { kind: 'write', ...(await writePack(request)) }
    case 'archive': {
      const onStep = (step: ArchiveStep): void => port?.postMessage({ id: 0, step } satisfies PackAnswer)
      return { kind: 'archive', ...writeArchive(request, onStep) }
    }
    case 'read':
      return { kind: 'read', ...readPack(request) }
  }
}

port.on('message', (request: PackRequest & { readonly id: number }) => {
  run(request).then(
    (result) => port.postMessage({ id: request.id, result } satisfies PackAnswer),
    (error: unknown) => {
      const { code, message } = error as { code?: unknown; message?: unknown }
      const problem = { code: typeof code === 'string' ? code : '', message: String(message ?? error) }
      port.postMessage({ id: request.id, problem } satisfies PackAnswer)
    },
  )
})
