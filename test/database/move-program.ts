import { setTimeout as pause } from 'node:timers/promises'
import { moveDatabase } from '../../main/engine/database/index.ts'

/** Moves a vault's database and is killed `ms` after a step begins. */
const [vaultDir = '', to = '', at = '', ms = '0'] = process.argv.slice(2)
await moveDatabase({
  vaultDir,
  to: to === 'embedded' || to === 'pglite' ? { engine: to } : { engine: 'external', address: to },
  onStep(step) {
    if (step === at) void pause(Number(ms)).then(() => process.kill(process.pid, 'SIGKILL'))
  },
})
