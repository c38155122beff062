import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const require = createRequire(import.meta.url)
const fetchTimeoutMs = 120_000
const executables: Readonly<Record<string, string>> = {
  darwin: 'Electron.app/Contents/MacOS/Electron',
  win32: 'electron.exe',
}

export type FoundElectron = { readonly executable: string } | { readonly missing: string }

/** COFFER_ELECTRON, else the binary of the `electron` package, which is fetched once when it is not there yet. */
export async function findElectron(): Promise<FoundElectron> {
  const given = process.env['COFFER_ELECTRON']
  if (given !== undefined && given !== '') {
    return existsSync(given) ? { executable: given } : { missing: `COFFER_ELECTRON names ${given}, which is not there` }
  }
  const folder = packageFolder()
  if (folder === null) return { missing: 'the electron package is not installed' }
  const present = executableIn(folder)
  if (present !== null) return { executable: present }
  process.stderr.write('Fetching Electron, once …\n')
  try {
    await run(process.execPath, [join(folder, 'install.js')], { timeout: fetchTimeoutMs, cwd: folder })
  } catch {
    return { missing: 'Electron could not be fetched on this network' }
  }
  const fetched = executableIn(folder)
  return fetched === null ? { missing: 'Electron could not be fetched on this network' } : { executable: fetched }
}

function packageFolder(): string | null {
  try {
    return dirname(require.resolve('electron/package.json'))
  } catch {
    // Left out by an install without development packages.
    return null
  }
}

function executableIn(folder: string): string | null {
  const named = join(folder, 'path.txt')
  const name = existsSync(named) ? readFileSync(named, 'utf8').trim() : (executables[process.platform] ?? 'electron')
  const executable = join(folder, 'dist', name)
  return existsSync(executable) ? executable : null
}
