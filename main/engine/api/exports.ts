import { exportEndpoints } from '../../contract/index.ts'
import { cancelExport, listExports, readExport, startExport } from '../export/index.ts'
import { whole } from './context.ts'
import type { On } from './mount.ts'

export function exportRoutes(on: On): void {
  on(exportEndpoints.start, async ({ caller: { vault, userId }, body }) => {
    const id = await startExport(vault.exports, userId, body)
    return readExport(vault.exports, userId, id)
  })
  on(exportEndpoints.list, async ({ caller: { vault, userId } }) => whole(await listExports(vault.exports, userId)))
  on(exportEndpoints.read, ({ caller: { vault, userId }, params }) => readExport(vault.exports, userId, params.id))
  on(exportEndpoints.cancel, async ({ caller: { vault, userId }, params }) => {
    await cancelExport(vault.exports, userId, params.id)
    return readExport(vault.exports, userId, params.id)
  })
}
