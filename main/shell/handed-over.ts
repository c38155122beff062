import { existsSync, realpathSync } from 'node:fs'
import { isAbsolute, resolve } from 'node:path'

/** Files and folders a start was asked to open: the arguments which are neither options nor the app itself. */
export function pathsIn(argv: readonly string[], from: { readonly cwd: string; readonly appPath: string }): string[] {
  return argv
    .slice(1)
    .filter((argument) => !argument.startsWith('-'))
    .map((argument) => (isAbsolute(argument) ? argument : resolve(from.cwd, argument)))
    .filter((path) => existsSync(path) && realpathSync(path) !== realpathSync(from.appPath))
}

/** The place in the window that `coffer://open/PLACE` names, such as `albums/ID`; null for anything else. */
export function placeIn(link: string): string | null {
  return /^coffer:\/\/open\/([a-z]+(?:\/[0-9a-f-]{36})?)\/?$/i.exec(link)?.[1]?.toLowerCase() ?? null
}
