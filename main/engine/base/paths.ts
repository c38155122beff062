import { homedir } from 'node:os'
import { isAbsolute, join, relative, sep } from 'node:path'

/** The folder where this platform keeps an application's data for one person. */
export function platformDataFolder(): string {
  const home = homedir()
  if (process.platform === 'win32') return join(process.env['APPDATA'] ?? join(home, 'AppData', 'Roaming'), 'Coffer')
  if (process.platform === 'darwin') return join(home, 'Library', 'Application Support', 'Coffer')
  return join(process.env['XDG_DATA_HOME'] ?? join(home, '.local', 'share'), 'coffer')
}

/**
 * Where this computer keeps what it knows beside its vaults: the folder that was given, that of the command line, that of the
 * app. The first is written to, all are read.
 */
export function stateFolders(given: string | null): readonly string[] {
  // Electron's own place for an app of this name; on the other systems it is the data folder.
  const config = process.env['XDG_CONFIG_HOME'] ?? join(homedir(), '.config')
  const app = process.platform === 'linux' ? [join(config, 'Coffer')] : []
  return [...(given === null ? [] : [given]), platformDataFolder(), ...app]
}

/** Where a vault is looked for when nobody said: `COFFER_VAULT`, else `vault` in the platform's data folder. */
export function defaultVaultFolder(): string {
  return process.env['COFFER_VAULT'] ?? join(platformDataFolder(), 'vault')
}

/** True when `path` is `folder` or lies below it. Both must be absolute and resolved. */
export function isInside(path: string, folder: string): boolean {
  const rest = relative(folder, path)
  return rest === '' || (rest !== '..' && !rest.startsWith(`..${sep}`) && !isAbsolute(rest))
}
