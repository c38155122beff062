import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'

/** `npm run test:long -- NAME`: what takes minutes of its own, in full. `npm test` does a small share of each. */
const long: Readonly<Record<string, { readonly files: readonly string[]; readonly env: NodeJS.ProcessEnv }>> = {
  'power-cuts': { files: ['test/database/power-cut.test.ts'], env: { COFFER_POWER_CUTS: '75' } },
  kills: { files: ['test/engine/kill.test.ts', 'test/engine/erase.test.ts'], env: { COFFER_KILLS: '100' } },
}

function main(): number {
  const names = process.argv.slice(2)
  const unknown = names.filter((name) => !(name in long))
  if (names.length === 0 || unknown.length > 0) {
    process.stderr.write(`npm run test:long -- ${Object.keys(long).join('|')}\n`)
    return 2
  }
  const root = resolve(import.meta.dirname, '..')
  const chosen = names.flatMap((name) => long[name] ?? [])
  const { status } = spawnSync('npm', ['test', '--', ...chosen.flatMap(({ files }) => files), '--testTimeout=0'], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
    env: Object.assign({ ...process.env }, ...chosen.map(({ env }) => env)) as NodeJS.ProcessEnv,
  })
  return status ?? 1
}

process.exitCode = main()
