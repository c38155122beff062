import { CofferError } from '../base/errors.ts'
import { isAddress, moveVaultDatabase, type MoveStep, type MoveTarget } from '../engine.ts'
import { exitCodes, plural, type Output } from './output.ts'
import { typed } from './secrets.ts'

const steps: Readonly<Record<MoveStep, string>> = {
  reading: 'Reading the database …',
  copying: 'Copying it …',
  verifying: 'Opening the new database and comparing every table …',
  switching: 'Switching over …',
}

/**
 * `coffer database move`: another engine for the database of a vault that is closed. `-` as target reads the address from
 * stdin, so that a password in it stands in no list of processes.
 */
export async function databaseMove(
  vaultDir: string,
  options: { readonly to: string; readonly trust: boolean },
  output: Output,
  interrupted: AbortSignal,
): Promise<number> {
  const startedMs = performance.now()
  const moved = await moveVaultDatabase(vaultDir, {
    to: await targetOf(options.to),
    trust: options.trust,
    onStep: (step) => output.say(steps[step]),
    signal: interrupted,
  })
  const seconds = Math.round((performance.now() - startedMs) / 100) / 10
  output.answer({ ...moved, seconds }, [
    `${plural(moved.rows, 'row', 'rows')} in ${plural(moved.tables, 'table', 'tables')} are now on ${moved.to}, and every table is identical.`,
    moved.kept === 'on-server'
      ? 'The old database is still on its server. Remove it there when you no longer need it.'
      : 'The old database is kept until the new one has been opened once more without problems.',
  ])
  return exitCodes.done
}

async function targetOf(given: string): Promise<MoveTarget> {
  const to = given === '-' ? await typed('Address of the server: ') : given
  if (to === 'pglite' || to === 'embedded') return { engine: to }
  if (isAddress(to)) return { engine: 'external', address: to }
  // What was given may hold a password and is not repeated.
  throw new CofferError(
    'Say where to: --to embedded, --to pglite, --to postgres://… or --to - with the address on stdin.',
    {
      code: 'wrong-usage',
    },
  )
}
