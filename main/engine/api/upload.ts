import { Readable } from 'node:stream'
import { Busboy } from '@fastify/busboy'
import { mediaEndpoints } from '../../contract/index.ts'
import { CofferError } from '../base/errors.ts'
import { takeUpload, type Uploaded } from '../library/intake/index.ts'
import { readAs } from './context.ts'
import { wholeMedia } from './media.ts'
import type { On } from './mount.ts'

/** One file over HTTP, as a form sends it. Its bytes go to the disk as they come, however many. */
export function uploadRoutes(on: On): void {
  on(mediaEndpoints.upload, async ({ caller, request, setStatus }) => {
    const { vault, userId } = caller
    const { mediaId, isNew } = await fileOf(request, (filename, bytes) =>
      takeUpload(vault.intake, userId, { filename, bytes }, () => vault.jobs.wake()),
    )
    if (!isNew) setStatus(200)
    return readAs(caller, (tx) => wholeMedia(tx, userId, mediaId))
  })
}

/** Hands the first file of a form over while it is still coming in, and answers what becomes of it. */
async function fileOf(
  request: Request,
  take: (filename: string, bytes: Readable) => Promise<Uploaded>,
): Promise<Uploaded> {
  const type = request.headers.get('content-type') ?? ''
  if (!/^multipart\/form-data;/i.test(type) || request.body === null) throw noFile()
  const form = new Busboy({
    headers: { ...Object.fromEntries(request.headers), 'content-type': type },
    limits: { files: 1, fields: 20 },
  })
  const body = Readable.from(request.body)
  return new Promise<Uploaded>((resolve, reject) => {
    let isTaken = false
    const fail = (error: unknown): void => {
      body.destroy()
      reject(
        error instanceof CofferError
          ? error
          : new CofferError('The upload broke off.', { code: 'bad-request', cause: error }),
      )
    }
    form.on('file', (field, bytes, filename) => {
      if (isTaken || field !== 'file') return void bytes.resume()
      isTaken = true
      // A connection that breaks ends the form, not its file: the copy must not wait for bytes that never come.
      body.once('error', (error) => bytes.destroy(error))
      take(filename ?? 'upload', bytes).then(resolve, fail)
    })
    form.on('error', fail)
    form.on('finish', () => {
      if (!isTaken) fail(noFile())
    })
    body.on('error', fail)
    body.pipe(form)
  })
}

function noFile(): CofferError {
  return new CofferError('Send one file as the field “file” of a form.', { code: 'bad-request' })
}
