import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** A file or folder shipped with the program: below `COFFER_RESOURCES`, or the nearest folder up that has it. */
export function findResource(name: string): string | undefined {
  const given = process.env['COFFER_RESOURCES']
  if (given !== undefined && existsSync(join(given, name))) return join(given, name)
  for (let folder = import.meta.dirname; ; folder = dirname(folder)) {
    if (existsSync(join(folder, name))) return join(folder, name)
    if (dirname(folder) === folder) return undefined
  }
}
