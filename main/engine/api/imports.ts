import { createRoute, z } from '@hono/zod-openapi'
import { importItemsPageSchema, importOutcomeSchema, importSchema, startImportSchema } from '../../contract/index.ts'
import {
  cancelImport,
  importItems,
  listImports,
  pauseImport,
  readImport,
  resumeImport,
  retryImport,
  startImport,
  undoImport,
} from '../library/intake/index.ts'
import type { Engine } from './port.ts'
import { callerOf, idParam, json, newPart, notFound, type ApiApp, type Caller } from './context.ts'

const verbs = {
  pause: { run: pauseImport, summary: 'Stop an import where it is safe' },
  resume: { run: resumeImport, summary: 'Go on with a paused, cancelled or failed import' },
  retry: { run: retryImport, summary: 'Try the files again that could not be read' },
  cancel: { run: cancelImport, summary: 'End an import early; what is in stays' },
  undo: { run: undoImport, summary: 'Move exactly what an import added to the trash' },
} as const

export function importRoutes(engine: Engine): ApiApp {
  const part = newPart()

  async function current(caller: Caller, id: string) {
    const found = await caller.vault.database.read(caller.userId, (tx) => readImport(tx, caller.vault.live, id))
    if (!found) throw notFound('import')
    return found
  }

  part.openapi(
    createRoute({
      method: 'post',
      path: '/imports',
      summary: 'Import files and folders, or with dryRun only count what would happen',
      request: { body: { required: true, ...json(startImportSchema, '') } },
      responses: { 202: json(importSchema, 'The import has been stored and runs.') },
    }),
    async (c) => {
      const caller = await callerOf(engine, c.req.raw)
      const id = await startImport(caller.vault.intake, caller.userId, c.req.valid('json'))
      caller.vault.jobs.wake()
      caller.vault.bell.ring(caller.userId)
      return c.json(await current(caller, id), 202)
    },
  )
  part.openapi(
    createRoute({
      method: 'get',
      path: '/imports',
      summary: 'Imports, newest first',
      responses: { 200: json(z.object({ imports: z.array(importSchema) }), 'Imports without previews.') },
    }),
    async (c) => {
      const { vault, userId } = await callerOf(engine, c.req.raw)
      return c.json({ imports: await vault.database.read(userId, (tx) => listImports(tx, vault.live)) }, 200)
    },
  )
  part.openapi(
    createRoute({
      method: 'get',
      path: '/imports/{id}',
      summary: 'One import with live figures',
      request: { params: idParam },
      responses: { 200: json(importSchema, 'The import.') },
    }),
    async (c) => c.json(await current(await callerOf(engine, c.req.raw), c.req.valid('param').id), 200),
  )
  part.openapi(
    createRoute({
      method: 'get',
      path: '/imports/{id}/items',
      summary: 'The files of an import and what became of each',
      request: {
        params: idParam,
        query: z.object({
          outcome: z.string().optional().openapi({ description: 'Comma-separated outcomes' }),
          after: z.coerce.number().int().nonnegative().optional(),
          limit: z.coerce.number().int().min(1).max(5000).default(500),
          newest: z
            .enum(['true', 'false'])
            .default('false')
            .openapi({ description: 'Only the last ones, newest first' }),
        }),
      },
      responses: { 200: json(importItemsPageSchema, 'A page of files in the order they were found.') },
    }),
    async (c) => {
      const caller = await callerOf(engine, c.req.raw)
      const { id } = c.req.valid('param')
      const { outcome, after, limit, newest } = c.req.valid('query')
      await current(caller, id)
      const outcomes = outcome === undefined ? undefined : z.array(importOutcomeSchema).parse(outcome.split(','))
      const page = await caller.vault.database.read(caller.userId, (tx) =>
        importItems(tx, id, {
          limit,
          newest: newest === 'true',
          ...(after !== undefined && { after }),
          ...(outcomes && { outcomes }),
        }),
      )
      return c.json(page, 200)
    },
  )
  for (const [name, verb] of Object.entries(verbs)) {
    part.openapi(
      createRoute({
        method: 'post',
        path: `/imports/{id}/${name}`,
        summary: verb.summary,
        request: { params: idParam },
        responses: { 200: json(importSchema, 'The import afterwards.') },
      }),
      async (c) => {
        const caller = await callerOf(engine, c.req.raw)
        const { id } = idParam.parse(c.req.param())
        await verb.run(caller.vault.intake, caller.userId, id)
        caller.vault.jobs.wake()
        return c.json(await current(caller, id), 200)
      },
    )
  }
  return part
}
