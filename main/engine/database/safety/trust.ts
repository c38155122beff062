import { link, mkdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { writeDurably } from '../../base/durable.ts'
import { CofferError, systemCode } from '../../base/errors.ts'
import { openInside } from '../../base/inside.ts'
import { stateFolders } from '../../base/paths.ts'
import { newSecret, sealOf } from '../../keys/index.ts'
import { readExternal } from '../connection/external.ts'
import { replaceFile } from './replace-file.ts'
import type { Problem } from '../types.ts'
import type { VaultFile } from './vault-file.ts'

/**
 * Which vaults this computer made or was told to trust. A key that never leaves the computer's own state folder seals what
 * `vault.json` says of the database. A folder from elsewhere cannot carry such a seal, whatever else is in it.
 */

const sealName = 'vault.seal'
const keyName = 'computer.key'
const keyPattern = /^[0-9a-f]{64}$/

/** Keys of folders that cannot be written: good for this process. */
const fleeting = new Map<string, string>()

type Sealed = Pick<VaultFile, 'id' | 'engine'>

/** True when this computer made the vault, with the database it has now, or somebody here chose to trust it. */
export async function isOwnVault(vaultDir: string, file: Sealed, stateDir: string | null): Promise<boolean> {
  const seals = await readSeals(vaultDir)
  if (seals.length === 0) return false
  const text = sealedText(file, await addressOf(vaultDir, file))
  for (const folder of stateFolders(stateDir)) {
    const key = await readKey(folder)
    if (key !== null && seals.includes(sealOf(key, text))) return true
  }
  return false
}

/** True when a vault carries no seal at all, as those made by earlier versions of this program. */
export async function isUnsealed(vaultDir: string): Promise<boolean> {
  return (await readSeals(vaultDir)).length === 0
}

/**
 * Makes a vault one of this computer's own. The seal before stays beside the new one, so that a vault whose database is about to
 * change its place is known before and after. `address` is that of a server which external.json does not name yet.
 */
export async function sealVault(
  vaultDir: string,
  file: Sealed,
  stateDir: string | null,
  address?: string,
): Promise<void> {
  const [folder = ''] = stateFolders(stateDir)
  const seal = sealOf(await keyIn(folder), sealedText(file, address ?? (await addressOf(vaultDir, file))))
  const [before] = (await readSeals(vaultDir)).filter((each) => each !== seal)
  await replaceFile(
    join(vaultDir, sealName),
    [seal, before ?? []]
      .flat()
      .map((each) => `${each}\n`)
      .join(''),
  )
}

/** What is said of a vault whose database may not be opened unasked. */
export function untrusted(file: Sealed): CofferError {
  const why = {
    pglite: 'What is stored in it could reach files of this computer.',
    embedded: 'Its database is a PostgreSQL server in the folder, which could run programs of the person who made it.',
    external: 'Its database is on a server that this computer has not used for it before.',
  }[file.engine]
  return new CofferError(
    `This vault was not made on this computer. ${why} Trust it only if you know where it is from: coffer --trust, or “Trust this vault” in the app.`,
    { code: 'vault-untrusted', details: { engine: file.engine } },
  )
}

/** What is reported of an open vault that nobody here has trusted. */
export const fromElsewhere: Problem = {
  code: 'vault-untrusted',
  message:
    'This vault was made on another computer. Photos outside of its folder are not read, watched folders and scheduled backups rest, until you trust it.',
}

function sealedText({ id, engine }: Sealed, address: string): string {
  return ['coffer-vault-1', id, engine, address].join('\n')
}

async function addressOf(vaultDir: string, { engine }: Sealed): Promise<string> {
  return engine === 'external' ? readExternal(vaultDir) : ''
}

async function readSeals(vaultDir: string): Promise<string[]> {
  try {
    await using file = await openInside(vaultDir, sealName)
    const { buffer, bytesRead } = await file.read(Buffer.alloc(512), 0, 512, 0)
    return buffer
      .toString('latin1', 0, bytesRead)
      .split('\n')
      .filter((line) => keyPattern.test(line))
  } catch {
    // Absent, unreadable or a link: in each case there is no seal of ours.
    return []
  }
}

async function readKey(folder: string): Promise<string | null> {
  const text = await readFile(join(folder, keyName), 'utf8').catch(() => '')
  const key = text.trim()
  return keyPattern.test(key) ? key : (fleeting.get(folder) ?? null)
}

async function keyIn(folder: string): Promise<string> {
  const known = await readKey(folder)
  if (known !== null) return known
  const fresh = newSecret()
  const [path, next] = [join(folder, keyName), join(folder, `${keyName}.${process.pid}`)]
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    await writeDurably(next, `${fresh}\n`)
    // A link takes no other's place: of two programs that start at the same moment one has the key, and both use it.
    const isThere = await link(next, path).then(
      () => true,
      (error: unknown) => systemCode(error) === 'EEXIST',
    )
    // Not every file system has links; and a file that a crash cut short is no key.
    if (!isThere || (await readKey(folder)) === null) await rename(next, path)
    return (await readKey(folder)) ?? fresh
  } catch {
    // Nothing can be written there: then the key lasts as long as this process.
    fleeting.set(folder, fresh)
    return fresh
  } finally {
    await rm(next, { force: true }).catch(() => {})
  }
}
