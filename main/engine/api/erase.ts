import { eraseEndpoints } from '../../contract/index.ts'
import { erasable } from '../accounts/index.ts'
import { CofferError } from '../base/errors.ts'
import { readAs } from './context.ts'
import type { On } from './mount.ts'
import type { Engine } from './port.ts'

export function eraseRoutes(on: On, engine: Engine): void {
  on(eraseEndpoints.look, async ({ caller }) => ({
    name: caller.person.username,
    ...(await readAs(caller, (tx) => erasable(tx))),
  }))
  on(eraseEndpoints.erase, async ({ caller, body }) => {
    const { username } = caller.person
    if (body.name !== username) {
      throw new CofferError(`Nothing was erased. To erase everything, enter the name “${username}”.`, {
        code: 'erase-unconfirmed',
      })
    }
    return engine.erase(caller.userId)
  })
}
