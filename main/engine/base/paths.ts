import { homedir } from 'node:os'
import { join, relative, isAbsolute } from 'node:path'

/** The folder where this platform keeps an application's data for one person. */
export function platformDataFolder(): string {
  const home = homedir()
  if (process.platform === 'win32') return join(process.env['APPDATA'] ?? join(home, 'AppData', 'Roaming'), 'Coffer')
  if (process.platform === 'darwin') return join(home, 'Library', 'Application Support', 'Coffer')
  return join(process.env['XDG_DATA_HOME'] ?? join(home, '.local', 'share'), 'coffer')
}

/** Where a vault is looked for when nobody said: `COFFER_VAULT`, else `vault` in the platform's data folder. */
export function defaultVaultFolder(): string {
  return process.env['COFFER_VAULT'] ?? join(platformDataFolder(), 'vault')
}

/** True when `path` is `folder` or lies below it. Both must be absolute and resolved. */
export function isInside(path: string, folder: string): boolean {
  const rest = relative(folder, path)
  return rest === '' || (!rest.startsWith('..') && !isAbsolute(rest))
}
