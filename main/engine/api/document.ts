import { z } from '@hono/zod-openapi'
import { problemSchema } from '../../contract/index.ts'

interface Operation {
  operationId?: string
  tags?: string[]
  responses?: Record<string, { description?: string; content?: unknown }>
}

const methods = new Set(['get', 'put', 'post', 'patch', 'delete'])

/** The OpenAPI document with what is the same for every route: a name made of method and address, a tag, and errors. */
export function completed<T extends { readonly paths?: object }>(document: T): T {
  const { $schema: _, ...problem } = z.toJSONSchema(problemSchema)
  const answer = { description: 'What went wrong.', content: { 'application/problem+json': { schema: problem } } }
  for (const [path, routes] of Object.entries(document.paths ?? {})) {
    for (const [method, route] of Object.entries(routes as Record<string, Operation>)) {
      if (!methods.has(method)) continue
      route.operationId ??= nameOf(method, path)
      route.tags ??= [path.split('/')[3] ?? 'vault']
      route.responses = { ...route.responses, default: answer }
    }
  }
  return document
}

/** `GET /api/v1/albums/{id}/media` is `getAlbumsIdMedia`. */
function nameOf(method: string, path: string): string {
  const words = path
    .replace('/api/v1/', '')
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '')
  return method + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')
}
