import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { userInfo } from 'node:os'
import { join, resolve } from 'node:path'
import type { ErasedProof } from '../contract/index.ts'
import { createRestorer } from './backup/index.ts'
import { personNamed, recoverPassword } from './accounts/index.ts'
import { createApi, type Engine, type OpenVault } from './api/index.ts'
import { CofferError, messageOf } from './base/errors.ts'
import { defaultVaultFolder } from './base/paths.ts'
import { newSecret } from './keys/index.ts'
import { createVault, eraseFromVault, openVault } from './open-vault.ts'

export interface EngineOptions {
  /** Where the engine remembers which vault was open last; null remembers nothing. */
  readonly stateDir: string | null
  /** Proves that a request comes from whoever started this engine. Made anew when not given. */
  readonly secret?: string
  /** Whether watched folders are watched; not worth it for a command that opens the vault for a moment. */
  readonly isWatching?: boolean
  /** A key the operating system keeps for this app (32 bytes as hex); seals what must not lie open in a vault. */
  readonly storeKey?: string
  /** Opens what vaults keep sealed, where the system has no key store. */
  readonly keyPassphrase?: string | undefined
  /** Whether the computer runs on battery, where the system tells only the app; null while it has not. */
  readonly toldOnBattery?: () => boolean | null
}

/** Starts an engine without a vault. */
export function startEngine(options: EngineOptions): Engine {
  const secret = options.secret ?? newSecret()
  const { isWatching = false, storeKey = null, keyPassphrase, toldOnBattery = () => null } = options
  const given = { isWatching, storeKey, keyPassphrase, toldOnBattery }
  const restorer = createRestorer()
  const listeners = new Set<() => void>()
  let vault: OpenVault | null = null
  let username = ''
  let opening: { path: string; done: Promise<OpenVault> } | null = null
  let problem: string | null = null

  async function become(path: string, make: () => Promise<OpenVault>): Promise<OpenVault> {
    if (opening) throw new CofferError('A vault is being opened already.', { code: 'conflict', retry: 'later' })
    if (vault && vault.dir === resolve(path)) return vault
    const done = make()
    opening = { path, done }
    announce()
    try {
      const next = await done
      await vault?.close()
      vault = next
      problem = null
      username = await nameOfOwner(next)
      await remember(next.dir)
      next.database.onStopped((error) => {
        problem = error.message
        announce()
      })
      return next
    } finally {
      opening = null
      announce()
    }
  }

  function announce(): void {
    for (const listener of listeners) listener()
  }

  async function remember(path: string): Promise<void> {
    if (options.stateDir === null) return
    await mkdir(options.stateDir, { recursive: true, mode: 0o700 })
    await writeFile(join(options.stateDir, 'engine.json'), JSON.stringify({ lastVault: path }), { mode: 0o600 })
  }

  async function lastVault(): Promise<string | null> {
    if (options.stateDir === null) return null
    try {
      const stored: unknown = JSON.parse(await readFile(join(options.stateDir, 'engine.json'), 'utf8'))
      const path = typeof stored === 'object' && stored !== null && 'lastVault' in stored ? stored.lastVault : null
      return typeof path === 'string' ? path : null
    } catch {
      // First start, or a file cut short: the person is asked for their vault instead.
      return null
    }
  }

  const engine: Engine = {
    secret,
    fetch: async (request) => api.fetch(request),
    state() {
      if (opening) return { state: 'opening', path: opening.path }
      if (!vault) return { state: 'none', suggestion: defaultVaultFolder(), problem }
      return { state: 'ready', path: vault.dir, id: vault.file.id, name: vault.file.name, user: username }
    },
    vault() {
      if (!vault) throw new CofferError('No vault is open.', { code: 'no-vault', retry: 'later' })
      return vault
    },
    restorer,
    create: (path, wish = {}) =>
      become(path, () =>
        createVault(path, {
          ...given,
          username: wish.username ?? systemUsername(),
          ...(wish.name && { name: wish.name }),
          ...(wish.password !== undefined && { password: wish.password }),
        }),
      ),
    open: (path) => become(path, () => openVault(path, given)),
    async reopen(path) {
      const wanted = path ?? (await lastVault())
      if (wanted === null) return
      try {
        await engine.open(wanted)
      } catch (error) {
        problem = messageOf(error)
        announce()
      }
    },
    async erase(userId) {
      const current = engine.vault()
      const { dir } = current
      if (opening) throw new CofferError('A vault is being opened already.', { code: 'conflict', retry: 'later' })
      vault = null
      // Whatever comes of it, the vault is opened again; only then is the failure told.
      const outcome = Promise.withResolvers<ErasedProof>()
      outcome.promise.catch(() => {})
      await become(dir, async () => {
        await current.close()
        await eraseFromVault(dir, userId).then(outcome.resolve, outcome.reject)
        return openVault(dir, given)
      })
      return outcome.promise
    },
    onVault(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    async close() {
      restorer.cancel()
      await restorer.settled()
      await opening?.done.catch(() => {})
      await vault?.close()
      vault = null
    },
    [Symbol.asyncDispose]: () => engine.close(),
  }
  const api = createApi(engine)
  return engine
}

/**
 * Gives somebody a new password without the old one, in a vault that no other program has open. Returns their name.
 * Throws `vault-locked`, `user-unknown` and `weak-password`.
 */
export async function recoverVaultPassword(vaultDir: string, name: string, password: string): Promise<string> {
  const vault = await openVault(vaultDir, { isWatching: false, storeKey: null, toldOnBattery: () => null })
  try {
    const person = await personNamed(vault.database, name)
    await recoverPassword(vault, person, password)
    return person.username
  } finally {
    await vault.close()
  }
}

async function nameOfOwner(vault: OpenVault): Promise<string> {
  const row = await vault.database.asService((tx) =>
    tx.one<{ name: string }>(
      `select coalesce(display_name, username) as name from core.users where deleted_at is null order by created_at, id limit 1`,
    ),
  )
  return row?.name ?? ''
}

/** The name of the person at this computer, or `owner` where the system does not tell a usable one. */
function systemUsername(): string {
  try {
    return (
      userInfo()
        .username.replaceAll(/[^\p{L}\p{N}._ -]/gu, '')
        .replace(/^[._ -]+/, '') || 'owner'
    )
  } catch {
    return 'owner'
  }
}

// What the command line and the process entry need of the rooms below.
export { listen, problemOf, serve, type Engine } from './api/index.ts'
export { isAddress, readLockNote, type MoveStep, type MoveTarget } from './database/index.ts'
export { moveVaultDatabase } from './open-vault.ts'
