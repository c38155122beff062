import { tokenEndpoints } from '../../contract/index.ts'
import { whole } from './context.ts'
import type { On } from './mount.ts'

export function tokenRoutes(on: On): void {
  on(tokenEndpoints.list, async ({ caller: { vault, userId } }) => whole(await vault.tokens.list(userId)))
  on(tokenEndpoints.create, async ({ caller: { vault, userId }, body }) => {
    const { about, token } = await vault.tokens.create(userId, body)
    vault.bell.ring(userId)
    return { ...about, token }
  })
  on(tokenEndpoints.revoke, async ({ caller: { vault, userId }, params }) => {
    await vault.tokens.revoke(userId, params.id)
    vault.bell.ring(userId)
  })
}
