import { createWriteStream } from 'node:fs'
import { chmod, mkdir, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream as NodeStream } from 'node:stream/web'
import { app, ipcMain, net, shell } from 'electron'
import { appOrigin } from './api-protocol.ts'

/**
 * Opens an original in whatever program the system has for it: a copy that cannot be written to, in the system's
 * temporary folder. The original itself is never handed to a program that might save over it. Answers false when the
 * bytes are not there or nothing opens them; the copies go when the app ends.
 */
export function handleOriginals(): void {
  const folder = join(app.getPath('temp'), `coffer-opened-${process.pid}`)
  ipcMain.handle('coffer:open-original', async (event, id: unknown) => {
    if (!event.senderFrame?.url.startsWith(`${appOrigin}/`) || typeof id !== 'string' || !/^[0-9a-f-]{36}$/.test(id)) {
      return false
    }
    const answer = await net.fetch(`coffer://vault/api/v1/media/${id}/original`)
    if (!answer.ok || !answer.body) return false
    const path = join(folder, id, nameIn(answer.headers.get('content-disposition')))
    await rm(join(folder, id), { recursive: true, force: true })
    await mkdir(join(folder, id), { recursive: true, mode: 0o700 })
    await pipeline(Readable.fromWeb(answer.body as NodeStream<Uint8Array>), createWriteStream(path))
    await chmod(path, 0o400)
    return (await shell.openPath(path)) === ''
  })
  app.on('quit', () => {
    // What a program still has open on Windows stays for the system to clear.
    rm(folder, { recursive: true, force: true }).catch(() => {})
  })
}

function nameIn(disposition: string | null): string {
  const [, encoded = ''] = /filename\*=UTF-8''([^;]+)/.exec(disposition ?? '') ?? []
  return basename(decodeURIComponent(encoded).replaceAll(/[\\/:*?"<>|]/g, '_')) || 'original'
}
