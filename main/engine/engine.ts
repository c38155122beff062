import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { userInfo } from 'node:os'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import type { ErasedProof } from '../contract/index.ts'
import { createRestorer } from './backup/index.ts'
import { firstName, personNamed, recoverPassword } from './accounts/index.ts'
import { createApi, type Engine, type OpenVault } from './api/index.ts'
import { CofferError } from './base/errors.ts'
import { defaultVaultFolder } from './base/paths.ts'
import { failureOf, plainError } from './base/plain-error.ts'
import { isUnsealed } from './database/index.ts'
import { newSecret } from './keys/index.ts'
import { eraseFromVault, stepBackVault } from './closed-vault.ts'
import { createVault } from './create-vault.ts'
import { openVault, type OpenGiven } from './open-vault.ts'

export interface EngineOptions {
  /** Where the engine remembers which vault was open last; null remembers nothing. */
  readonly stateDir: string | null
  /** Proves that a request comes from the process that started this engine. Made again when not given. */
  readonly secret?: string
  /** Whether watched folders are watched; not worth it for a command that opens the vault for a moment. */
  readonly isWatching?: boolean
  /** A key the operating system keeps for this app (32 bytes as hex); seals what must not lie open in a vault. */
  readonly storeKey?: string
  /** Opens what vaults keep sealed, where the system has no key store. */
  readonly keyPassphrase?: string | undefined
  /** Whether the computer runs on battery, where the system tells only the app; null while it has not. */
  readonly toldOnBattery?: () => boolean | null
  /** The network that services are asked over, where it is not this process's own. */
  readonly network?: OpenGiven['network']
  readonly openSocket?: OpenGiven['openSocket']
}

/** What is remembered from one start to the next. */
const memorySchema = z.object({ lastVault: z.string().optional(), hasSeals: z.boolean().optional() })
type Memory = z.infer<typeof memorySchema>

/** Starts an engine without a vault. */
export function startEngine(options: EngineOptions): Engine {
  const secret = options.secret ?? newSecret()
  const {
    stateDir,
    isWatching = false,
    storeKey = null,
    keyPassphrase,
    toldOnBattery = () => null,
    network,
    openSocket,
  } = options
  const given = { stateDir, isWatching, storeKey, keyPassphrase, toldOnBattery, network, openSocket }
  const restorer = createRestorer()
  const listeners = new Set<() => void>()
  let vault: OpenVault | null = null
  let username = ''
  let opening: { path: string; done: Promise<OpenVault> } | null = null
  let problem: CofferError | null = null

  async function become(path: string, make: () => Promise<OpenVault>): Promise<OpenVault> {
    assertNotOpening()
    if (vault && vault.dir === resolve(path)) return vault
    const done = make()
    opening = { path, done }
    announce()
    try {
      const next = await done
      await vault?.close()
      vault = next
      problem = null
      username = await firstName(next.database)
      await remember(next.dir)
      next.database.onStopped((error) => {
        problem = plainError(error, 'the vault')
        announce()
      })
      return next
    } finally {
      opening = null
      announce()
    }
  }

  function assertNotOpening(): void {
    if (opening) throw new CofferError('A vault is being opened already.', { code: 'conflict', retry: 'later' })
  }

  function announce(): void {
    for (const listener of listeners) listener()
  }

  async function remember(path: string): Promise<void> {
    if (stateDir === null) return
    await mkdir(stateDir, { recursive: true, mode: 0o700 })
    const memory: Memory = { lastVault: path, hasSeals: true }
    await writeFile(join(stateDir, 'engine.json'), JSON.stringify(memory), { mode: 0o600 })
  }

  async function remembered(): Promise<Memory> {
    if (stateDir === null) return {}
    try {
      return memorySchema.parse(JSON.parse(await readFile(join(stateDir, 'engine.json'), 'utf8')))
    } catch {
      // First start, or a file cut short: the person is asked for their vault instead.
      return {}
    }
  }

  /** A vault that was open here last, before vaults had seals, is this computer's own. */
  async function isFromBefore(dir: string): Promise<boolean> {
    const { lastVault, hasSeals = false } = await remembered()
    return !hasSeals && lastVault === dir && (await isUnsealed(dir))
  }

  const engine: Engine = {
    secret,
    fetch: async (request) => api.fetch(request),
    state() {
      if (opening) return { state: 'opening', path: opening.path }
      if (!vault) return { state: 'none', suggestion: defaultVaultFolder(), ...failureOf(problem) }
      const { dir, file, database } = vault
      return {
        state: 'ready',
        path: dir,
        id: file.id,
        name: file.name,
        user: username,
        isTrusted: database.isOwn,
      }
    },
    vault() {
      if (!vault) throw new CofferError('No vault is open.', { code: 'no-vault', retry: 'later' })
      return vault
    },
    restorer,
    create: (path, input = {}) =>
      become(path, () =>
        createVault(path, {
          ...given,
          username: input.username ?? systemUsername(),
          ...(input.name && { name: input.name }),
          ...(input.password !== undefined && { password: input.password }),
        }),
      ),
    async open(path, { trust = false, migrate = false } = {}) {
      if (trust && vault?.dir === resolve(path)) return engine.trust()
      return become(path, async () =>
        openVault(path, { ...given, migrate, trust: trust || (await isFromBefore(resolve(path))) }),
      )
    },
    async stepBack(toVersion) {
      const current = engine.vault()
      assertNotOpening()
      vault = null
      try {
        await current.close()
        const info = await stepBackVault(current.dir, toVersion, given)
        problem = new CofferError(
          `The database of this vault was stepped back to schema ${info.schemaVersion}. Open it with an older Coffer, or bring it up to date.`,
          { code: 'database-held' },
        )
        return info
      } finally {
        announce()
      }
    },
    async trust() {
      const current = engine.vault()
      if (current.database.isOwn) return current
      assertNotOpening()
      vault = null
      return become(current.dir, async () => {
        await current.close()
        return openVault(current.dir, { ...given, trust: true })
      })
    },
    async reopen(path) {
      const wanted = path ?? (await remembered()).lastVault
      if (wanted === undefined) return
      try {
        await engine.open(wanted)
      } catch (error) {
        problem = plainError(error, wanted)
        announce()
      }
    },
    async erase(userId) {
      const current = engine.vault()
      const { dir } = current
      assertNotOpening()
      vault = null
      // Whatever comes of it, the vault is opened again; only then is the failure told.
      const outcome = Promise.withResolvers<ErasedProof>()
      outcome.promise.catch(() => {})
      await become(dir, async () => {
        await current.close()
        await eraseFromVault(dir, userId, given).then(outcome.resolve, outcome.reject)
        return openVault(dir, given)
      })
      return outcome.promise
    },
    onVault(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    async close() {
      await restorer.cancel()
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
  const given = { stateDir: null, isWatching: false, storeKey: null, toldOnBattery: () => null }
  const vault = await openVault(vaultDir, given)
  try {
    const person = await personNamed(vault.database, name)
    await recoverPassword(vault, person, password)
    return person.username
  } finally {
    await vault.close()
  }
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
export { englishReason, stoppedError } from './base/english-reason.ts'
export { isAddress, readLockNote, type MoveStep, type MoveTarget } from './database/index.ts'
export { moveVaultDatabase, recoverVaultFile } from './closed-vault.ts'
