import { tokenEndpoints } from '../../contract/index.ts'
import { whole } from './context.ts'
import type { On } from './mount.ts'

export function tokenRoutes(on: On): void {
  on(tokenEndpoints.list, async ({ caller: { vault, userId } }) => whole(await vault.tokens.list(userId)))
  on(tokenEndpoints.create, async ({ caller: { vault, userId }, body }) => {
    const { about, token } = await vault.tokens.create(userId, body)
    return { ...about, token }
  })
  on(tokenEndpoints.revoke, ({ caller: { vault, userId }, params }) => vault.tokens.revoke(userId, params.id))
}
