import { Readable } from 'node:stream'
import { Busboy } from '@fastify/busboy'
import { mediaEndpoints, uploadSchema } from '../../contract/index.ts'
import { CofferError } from '../base/errors.ts'
import { takeUpload, type Provenance, type Uploaded } from '../intake/index.ts'
import { readAs } from './context.ts'
import { wholeMedia } from './media.ts'
import type { On } from './mount.ts'
import { checked } from './requests.ts'

/** One file over HTTP, as a form sends it. Its bytes go to the disk as they come, however many. */
export function uploadRoutes(on: On): void {
  on(mediaEndpoints.upload, async ({ caller, request, setStatus }) => {
    const { vault, userId } = caller
    const { mediaId, isNew } = await fileOf(request, (file) => takeUpload(vault.intake, userId, file))
    if (!isNew) setStatus(200)
    return readAs(caller, (tx) => wholeMedia(tx, userId, mediaId))
  })
}

type Upload = Parameters<typeof takeUpload>[2]

/** Hands the file of a form over while it is still coming in, and answers what becomes of it. */
async function fileOf(request: Request, take: (file: Upload) => Promise<Uploaded>): Promise<Uploaded> {
  const type = request.headers.get('content-type') ?? ''
  if (!/^multipart\/form-data;/i.test(type) || request.body === null) throw noFile()
  const form = new Busboy({
    headers: { ...Object.fromEntries(request.headers), 'content-type': type },
    limits: { files: 1, fields: 20, fieldSize: 10_000, fieldNameSize: 200 },
  })
  const body = Readable.from(request.body)
  const fields = new Map<string, string>()
  const provenance = Promise.withResolvers<Provenance>()
  // Where no file comes nobody waits for it.
  provenance.promise.catch(() => {})
  return new Promise<Uploaded>((resolve, reject) => {
    let isTaken = false
    const fail = (error: unknown): void => {
      const problem =
        error instanceof CofferError
          ? error
          : new CofferError('The upload was interrupted.', { code: 'bad-request', cause: error })
      provenance.reject(problem)
      body.destroy()
      reject(problem)
    }
    form.on('field', (name, value) => void fields.set(name, value))
    form.on('file', (field, bytes, filename) => {
      if (isTaken || field !== 'file') return void bytes.resume()
      isTaken = true
      // A connection that breaks ends the form, not its file: the copy must not wait for bytes that never come.
      body.once('error', (error) => bytes.destroy(error))
      take({ filename: filename ?? 'upload', bytes, provenance: provenance.promise }).then(resolve, fail)
    })
    form.on('error', fail)
    form.on('finish', () => {
      if (!isTaken) return fail(noFile())
      try {
        provenance.resolve(provenanceIn(fields))
      } catch (error) {
        fail(error)
      }
    })
    body.on('error', fail)
    body.pipe(form)
  })
}

const fieldsSchema = uploadSchema.omit({ file: true })

/** Throws `bad-request` for fields that an upload does not have. */
function provenanceIn(fields: ReadonlyMap<string, string>): Provenance {
  const given = checked(fieldsSchema, Object.fromEntries(fields))
  return {
    source_type: given.sourceType,
    source_id: given.sourceId,
    source_platform: given.sourcePlatform,
    source_integration_id: given.sourceIntegrationId,
  }
}

function noFile(): CofferError {
  return new CofferError('Send one file as the field “file” of a form.', { code: 'bad-request' })
}
