import { importEndpoints, importVerbs, type Import, type ImportVerb } from '../../contract/index.ts'
import { recognisePaths } from '../archive/index.ts'
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
  type IntakeContext,
} from '../intake/index.ts'
import { notFound, numberIn, readAs, whole } from './context.ts'
import type { Caller } from './gate.ts'
import type { On } from './mount.ts'

const verbs: Readonly<Record<ImportVerb, (context: IntakeContext, userId: string, id: string) => Promise<unknown>>> = {
  pause: pauseImport,
  resume: resumeImport,
  retry: retryImport,
  cancel: cancelImport,
  undo: undoImport,
}

export function importRoutes(on: On): void {
  on(importEndpoints.start, async ({ caller, body }) => {
    const { vault, userId } = caller
    const id = await startImport(vault.intake, userId, body)
    return current(caller, id)
  })
  on(importEndpoints.recognise, ({ caller, body }) => recognisePaths(caller.vault.dir, body.paths))
  on(importEndpoints.list, async ({ caller }) =>
    whole(await readAs(caller, (tx) => listImports(tx, caller.vault.intake.running))),
  )
  on(importEndpoints.read, ({ caller, params }) => current(caller, params.id))
  on(importEndpoints.items, async ({ caller, params, query }) => {
    const { outcome, cursor, limit, newest } = query
    await current(caller, params.id)
    return readAs(caller, (tx) =>
      importItems(tx, params.id, {
        limit,
        newest,
        ...(cursor !== undefined && { after: numberIn(cursor) }),
        ...(outcome && { outcomes: outcome }),
      }),
    )
  })
  for (const [name, verb] of Object.entries(verbs)) {
    on(importVerbs[name as ImportVerb], async ({ caller, params }) => {
      await verb(caller.vault.intake, caller.userId, params.id)
      return current(caller, params.id)
    })
  }
}

async function current(caller: Caller, id: string): Promise<Import> {
  const found = await readAs(caller, (tx) => readImport(tx, caller.vault.intake.running, id))
  if (!found) throw notFound('import')
  return found
}
