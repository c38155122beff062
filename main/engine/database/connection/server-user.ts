import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { CofferError } from '../../base/errors.ts'

/** Whom the server is run as; null where it is the user who runs Coffer. */
export type ServerUser = { readonly uid: number; readonly gid: number } | null

let known: { readonly name: string; readonly user: ServerUser } | null = null

/**
 * PostgreSQL refuses to run as root. Where Coffer does (containers, tests), `COFFER_POSTGRES_USER` names the user its server
 * runs as. Throws `database-refused`.
 */
export async function serverUser(): Promise<ServerUser> {
  if (process.getuid?.() !== 0) return null
  const name = process.env['COFFER_POSTGRES_USER'] ?? ''
  if (known?.name === name) return known.user
  if (!/^[a-z_][\w-]*$/i.test(name)) {
    throw new CofferError(
      'PostgreSQL refuses to run as root. Run Coffer as another user, or name one for it in COFFER_POSTGRES_USER.',
      { code: 'database-refused' },
    )
  }
  const user = { uid: await idOf('-u', name), gid: await idOf('-g', name) }
  known = { name, user }
  return user
}

async function idOf(which: '-u' | '-g', name: string): Promise<number> {
  try {
    return Number((await promisify(execFile)('id', [which, name])).stdout)
  } catch (cause) {
    throw new CofferError(`There is no user ${name} (COFFER_POSTGRES_USER) on this computer.`, {
      code: 'database-refused',
      cause,
    })
  }
}
