import { randomBytes } from 'node:crypto'
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { safeStorage } from 'electron'

const fileName = 'store-key.bin'

/**
 * The key under which the engine seals what it keeps for the person, such as the keys of backups. It lies in the state
 * folder, encrypted by the operating system’s key store. Null where there is none that deserves the name: the engine
 * then keeps nothing, and asks instead.
 */
export function storeKeyIn(stateDir: string): string | null {
  if (!hasKeyStore()) return null
  const file = join(stateDir, fileName)
  return keptKey(file) ?? newKey(file)
}

function hasKeyStore(): boolean {
  if (!safeStorage.isEncryptionAvailable()) return false
  if (process.platform !== 'linux') return true
  // `basic_text` encrypts under a password that everyone knows.
  const { getSelectedStorageBackend } = safeStorage as Partial<typeof safeStorage>
  const backend = getSelectedStorageBackend?.call(safeStorage) ?? 'unknown'
  return backend !== 'basic_text' && backend !== 'unknown'
}

function keptKey(file: string): string | null {
  try {
    const key = safeStorage.decryptString(readFileSync(file))
    return /^[0-9a-f]{64}$/.test(key) ? key : null
  } catch {
    // None yet, or one from another computer or another key store: what it sealed has to be asked for again.
    return null
  }
}

function newKey(file: string): string | null {
  const key = randomBytes(32).toString('hex')
  try {
    setAside(file)
    writeFileSync(`${file}.new`, safeStorage.encryptString(key), { mode: 0o600, flush: true })
    renameSync(`${file}.new`, file)
    return key
  } catch {
    // A key that cannot be kept must seal nothing: it would be gone at the next start.
    return null
  }
}

/** A key that cannot be read now may be readable again when an old key store comes back. */
function setAside(file: string): void {
  try {
    renameSync(file, `${file}.unreadable`)
  } catch {
    // There was none.
  }
}
