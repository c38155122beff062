import { resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { exportEndpoints, type Export } from '../../contract/index.ts'
import { CofferError } from '../base/errors.ts'
import type { Client } from './client.ts'
import { bytesInWords, exitCodes, plural, table, type Output } from './output.ts'

const askEveryMs = 200

/** `coffer export`: everything out into a folder in open formats; waits until it is done. */
export async function exportAll(
  client: Client,
  dir: string,
  options: { readonly since?: string },
  output: Output,
  interrupted: AbortSignal,
): Promise<number> {
  const since = options.since === undefined ? {} : { since: options.since }
  const started = await client
    .call(exportEndpoints.start, { body: { path: resolve(dir), ...since } })
    .catch((error: unknown) => {
      // An invalid day was typed wrong; the API calls the same a bad request.
      if (error instanceof CofferError && error.code === 'bad-request' && error.message.includes('since')) {
        throw new CofferError('--since must be a date such as 2024-06-01.', { code: 'wrong-usage', cause: error })
      }
      throw error
    })
  const ended = await wait(client, started.id, output, interrupted)
  const { result } = ended
  if (ended.status !== 'done' || !result) {
    throw new CofferError(ended.problem ?? 'The export was stopped. Run the command again to continue.', {
      code: ended.status === 'cancelled' ? 'cancelled' : 'internal',
      retry: 'later',
    })
  }
  output.answer({ export: ended.path, ...result }, [
    ...table(result.failed.map((each) => [each.filename, each.reason])),
    `${plural(result.files, 'original', 'originals')} (${bytesInWords(result.bytes)}), ${plural(result.albums, 'album', 'albums')} and ${plural(result.tables, 'table', 'tables')} are in ${ended.path}. Open index.html there to view them.`,
  ])
  return result.failed.length === 0 ? exitCodes.done : exitCodes.someFailed
}

async function wait(client: Client, id: string, output: Output, interrupted: AbortSignal): Promise<Export> {
  for (;;) {
    const now = await client.call(exportEndpoints.read, { params: { id } })
    if (now.status !== 'running') return now
    if (interrupted.aborted) return client.call(exportEndpoints.cancel, { params: { id } })
    const { progress } = now
    if (progress && progress.totalFiles > 0) {
      output.progress(`${progress.phase}: ${progress.files} of ${progress.totalFiles}`)
    }
    await pause(askEveryMs)
  }
}
