import { createWriteStream } from 'node:fs'
import { chmod, lstat, mkdtemp, readdir, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream as NodeStream } from 'node:stream/web'
import { app, net, shell } from 'electron'
import { safeName } from '../contract/safe-name.ts'
import { answer } from './ipc.ts'
import { markAsForeign } from './mark-of-the-web.ts'

const folderName = 'coffer-opened-'

/**
 * Opens an original in whatever program the system has for it: a copy that cannot be written to, in a folder that is
 * made for it and that nobody else may enter. Its ending says what its bytes are, whatever the file called itself, and
 * it is marked as come from elsewhere. The original itself is never handed to a program that might save over it.
 * Answers false when the bytes are not there, nothing opens them, or they are nothing to look at or to hear.
 */
export function handleOriginals(): void {
  let folder: Promise<string> | null = null
  answer('coffer:open-original', async (_window, id) => {
    if (typeof id !== 'string' || !/^[0-9a-f-]{36}$/.test(id)) return false
    const bytes = await net.fetch(`coffer://vault/api/v1/media/${id}/original`)
    if (!bytes.ok || !bytes.body) return false
    const type = bytes.headers.get('content-type') ?? ''
    const name = safeName(nameIn(bytes.headers.get('content-disposition')), type)
    if (name === null) return false
    folder ??= mkdtemp(join(app.getPath('temp'), `${folderName}${process.pid}-`))
    const path = join(await mkdtemp(join(await folder, 'original-')), name)
    const file = createWriteStream(path, { mode: 0o600, flags: 'wx' })
    await pipeline(Readable.fromWeb(bytes.body as NodeStream<Uint8Array>), file)
    await markAsForeign(path)
    await chmod(path, 0o400)
    return (await shell.openPath(path)) === ''
  })
  void sweep().catch(() => {
    // What another start finds.
  })
  app.on('quit', () => {
    // What a program still has open on Windows stays for the next start to clear.
    void folder?.then((made) => rm(made, { recursive: true, force: true })).catch(() => {})
  })
}

/** Removes what apps that ended otherwise have left; only folders of this person, and of a process that is gone. */
async function sweep(): Promise<void> {
  const temp = app.getPath('temp')
  for (const name of await readdir(temp)) {
    const pid = new RegExp(`^${folderName}(\\d+)-`).exec(name)?.[1]
    if (pid === undefined || isRunning(Number(pid))) continue
    const path = join(temp, name)
    const facts = await lstat(path).catch(() => null)
    const isOwn = process.getuid === undefined || facts?.uid === process.getuid()
    if (facts?.isDirectory() === true && isOwn) await rm(path, { recursive: true, force: true })
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // Somebody else's process answers that it may not be touched.
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function nameIn(disposition: string | null): string {
  const [, encoded = ''] = /filename\*=UTF-8''([^;]+)/.exec(disposition ?? '') ?? []
  try {
    return basename(decodeURIComponent(encoded))
  } catch {
    return ''
  }
}
