import { build } from './build.ts'
import { finish, hasDisplay, root, runNode, runProgram } from './checkout.ts'
import { findElectron } from './find-electron.ts'

/** `npm start`: the app in a window of its own, or in a browser where no window can be had. */
async function start(): Promise<number> {
  const code = await build({ everything: false })
  if (code !== 0) return code
  const given = process.argv.slice(2)
  if (!hasDisplay()) return serve('there is no display here', given)
  const found = await findElectron()
  if ('missing' in found) return serve(found.missing, given)
  const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env
  const isRoot = process.platform === 'linux' && process.getuid?.() === 0
  // Chromium’s sandbox refuses to work for the superuser.
  return runProgram(found.executable, [root, ...(isRoot ? ['--no-sandbox'] : []), ...given], env)
}

function serve(reason: string, given: readonly string[]): Promise<number> {
  process.stderr.write(`No window: ${reason}. Coffer opens in your browser instead.\n`)
  return runNode(['--disable-warning=ExperimentalWarning', 'main/engine/cli/index.ts', 'serve', ...given])
}

await finish(start)
