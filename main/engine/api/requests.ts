import { createHash } from 'node:crypto'
import { z } from '@hono/zod-openapi'
import type { Writer } from '../database/index.ts'
import { once, type Answer } from '../objects/index.ts'

export const versionHeader = z.object({
  'if-match': z
    .string()
    .max(200)
    .optional()
    .openapi({ description: 'The ETag of the state this change is meant for; 412 when it has another by now.' }),
})
export const onceHeader = z.object({
  'idempotency-key': z
    .string()
    .min(1)
    .max(255)
    .optional()
    .openapi({ description: 'The same key again gets the same answer and makes nothing new.' }),
})

/** Does something once per Idempotency-Key; without the header every request counts. */
export async function onceOnly<T>(
  tx: Writer,
  userId: string,
  request: Request,
  body: unknown,
  work: () => Promise<Answer<T>>,
): Promise<Answer<T>> {
  const key = request.headers.get('idempotency-key')
  if (key === null) return work()
  const asked = sha256(`${request.method} ${new URL(request.url).pathname} ${JSON.stringify(body)}`)
  return once(tx, userId, { key, request: asked }, work)
}

export function ifMatchOf(request: Request): string | undefined {
  return request.headers.get('if-match') ?? undefined
}

/** The entity tag of an object: the moment of its last change. */
export function stateOf(object: { readonly updated_at: string }): { etag: string } {
  return { etag: `"${object.updated_at}"` }
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
