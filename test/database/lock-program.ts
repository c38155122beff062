import { CofferError } from '../../main/engine/base/errors.ts'
import { lockVault } from '../../main/engine/database/index.ts'

/** Tries to take a vault, says how that went, and holds it until it is killed. */
const [, , vaultDir = ''] = process.argv
try {
  await lockVault(vaultDir)
  process.stdout.write('locked\n')
  process.stdin.resume()
} catch (error) {
  process.stdout.write(`refused ${error instanceof CofferError ? error.code : String(error)}\n`)
}
