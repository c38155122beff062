import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** What the system’s key store would hold: everything is sealed with this word. */
type KeyStore = { readonly seal: string; readonly backend?: string }

/**
 * Starts Electron with a key store of the test’s own; the machines tests run on have none, or one that asks a person.
 * Only `safeStorage` is put in its place. Playwright drops NODE_OPTIONS, so a small program sets it.
 */
export function withKeyStore(folder: string, store: KeyStore): (executable: string) => Promise<string> {
  return async (executable) => {
    const preload = join(folder, `${store.seal}.cjs`)
    await writeFile(preload, `(${install.toString()})(require('node:module'), ${JSON.stringify(store)})`)
    const starter = join(folder, `${store.seal}.sh`)
    const line = `exec env NODE_OPTIONS='--require ${preload}' '${executable}' "$@"`
    await writeFile(starter, `#!/bin/sh\n${line}\n`, { mode: 0o755 })
    return starter
  }
}

/** The program of starters is a shell’s. */
export const withShell = process.platform === 'win32' ? 'needs a shell to start Electron' : (false as const)

/* eslint-disable no-underscore-dangle -- Node’s own name. */
function install(module: { _load: (name: string, ...rest: unknown[]) => unknown }, store: KeyStore): void {
  const load = module._load
  module._load = function (name, ...rest) {
    const loaded = load.call(this, name, ...rest) as { readonly safeStorage?: object }
    if (name === 'electron' && loaded.safeStorage) {
      const mark = Buffer.from(`${store.seal}:`)
      Object.assign(loaded.safeStorage, {
        isEncryptionAvailable: () => true,
        getSelectedStorageBackend: () => store.backend ?? 'gnome_libsecret',
        encryptString: (text: string) => Buffer.concat([mark, Buffer.from(text).map((byte) => byte ^ 0x5a)]),
        decryptString(sealed: Buffer) {
          if (!sealed.subarray(0, mark.length).equals(mark)) throw new Error('sealed by another key store')
          return Buffer.from(sealed.subarray(mark.length).map((byte) => byte ^ 0x5a)).toString()
        },
      })
    }
    return loaded
  }
}
