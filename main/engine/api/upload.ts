import { Readable } from 'node:stream'
import { Busboy } from '@fastify/busboy'
import { z } from '@hono/zod-openapi'
import { anyObjectSchema } from '../../contract/index.ts'
import { CofferError } from '../base/errors.ts'
import { takeUpload, type Uploaded } from '../library/intake/index.ts'
import { callerOf, json, newPart, notFound, type ApiApp } from './context.ts'
import { wholeObject } from './objects.ts'
import type { Engine } from './port.ts'
import { stateOf } from './requests.ts'

/** One file over HTTP, as a form sends it. Its bytes go to the disk as they come, however many. */
export function uploadRoutes(engine: Engine): ApiApp {
  const part = newPart()
  const answer = json(anyObjectSchema, 'The item, with its facts read and its pictures made.')
  // Only described, not validated: a validator would read the whole form into memory before the first byte is kept.
  part.openAPIRegistry.registerPath({
    method: 'post',
    path: '/media/upload',
    summary: 'Upload a photo or another file; the field is called “file”',
    request: {
      body: {
        required: true,
        content: { 'multipart/form-data': { schema: z.object({ file: z.string().openapi({ format: 'binary' }) }) } },
      },
    },
    responses: { 201: answer, 200: { ...answer, description: 'The item with these bytes, which was here already.' } },
  })
  part.post('/media/upload', async (c) => {
    const { vault, userId } = await callerOf(engine, c.req.raw)
    const { mediaId, isNew } = await fileOf(c.req.raw, (filename, bytes) =>
      takeUpload(vault.intake, userId, { filename, bytes }, () => vault.jobs.wake()),
    )
    const object = await vault.database.read(userId, (tx) => wholeObject(tx, userId, 'media', mediaId))
    if (!object) throw notFound('item')
    return c.json(object, isNew ? 201 : 200, stateOf(object))
  })
  return part
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
