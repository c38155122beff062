import { storedKeyEndpoints } from '../../contract/index.ts'
import { record } from '../objects/index.ts'
import { writeAs } from './context.ts'
import type { Caller } from './gate.ts'
import type { On } from './mount.ts'

export function storedKeyRoutes(on: On): void {
  on(storedKeyEndpoints.state, ({ caller }) => caller.vault.vaultKey.state())
  on(storedKeyEndpoints.unlock, async ({ caller, body }) => {
    await caller.vault.vaultKey.unlock(body.passphrase)
    await note(caller, 'secrets.unlocked')
    return caller.vault.vaultKey.state()
  })
  on(storedKeyEndpoints.setPassphrase, async ({ caller, body }) => {
    await caller.vault.vaultKey.setPassphrase(body.passphrase, { startsOver: body.startsOver ?? false })
    await note(caller, 'secrets.passphrase-set')
    return caller.vault.vaultKey.state()
  })
}

function note(caller: Caller, action: 'secrets.unlocked' | 'secrets.passphrase-set'): Promise<void> {
  return writeAs(caller, (tx, userId) => record(tx, { userId, action }))
}
