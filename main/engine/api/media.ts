import type { FileHandle } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { mediaEndpoints, safeName, type AnyObject, type Media } from '../../contract/index.ts'
import { CofferError } from '../base/errors.ts'
import type { Reader } from '../database/index.ts'
import { originalsOf } from '../files/index.ts'
import { editMedia, readMedia, storedBytes } from '../library/index.ts'
import { lockForUpdate, readObject, restore, trash } from '../objects/index.ts'
import { notFound, readAs, writeAs } from './context.ts'
import type { On } from './mount.ts'
import { ifMatchOf } from './requests.ts'

/** An item with what the object model says of every object. Throws `not-found`. */
export async function wholeMedia(tx: Reader, userId: string, id: string): Promise<Media & AnyObject> {
  const [media, object] = [await readMedia(tx, id), await readObject(tx, userId, 'media', id)]
  if (!media || !object) throw notFound('item')
  return { ...object, ...media }
}

export function mediaRoutes(on: On): void {
  on(mediaEndpoints.read, ({ caller, params }) => readAs(caller, (tx, userId) => wholeMedia(tx, userId, params.id)))
  on(mediaEndpoints.edit, ({ caller, params, body, request }) =>
    writeAs(caller, async (tx, userId) => {
      await lockForUpdate(tx, userId, 'media', params.id, ifMatchOf(request))
      await editMedia(tx, userId, params.id, body)
      return wholeMedia(tx, userId, params.id)
    }),
  )
  on(mediaEndpoints.trash, ({ caller, params }) =>
    writeAs(caller, async (tx, userId) => {
      const moved = await trash(tx, userId, 'media', [params.id])
      if (moved.length === 0) throw notFound('item')
    }),
  )
  on(mediaEndpoints.restore, ({ caller, params }) =>
    writeAs(caller, async (tx, userId) => {
      const back = await restore(tx, userId, 'media', [params.id])
      const found = await readMedia(tx, params.id)
      if (!found) throw notFound('item')
      if (back.length === 0 && found.deletedAt !== null) {
        throw new CofferError('The same picture is already in the library, so this one stays in the trash.', {
          code: 'conflict',
        })
      }
      return found
    }),
  )
  on(mediaEndpoints.original, async ({ caller, params, request }) => {
    const stored = await readAs(caller, (tx) => storedBytes(tx, params.id))
    if (!stored) throw notFound('item')
    const originals = originalsOf(caller.vault.dir, caller.vault.database)
    const file = await originals.open({ path: stored.filePath, storage: stored.storage }).catch((error: unknown) => {
      throw error instanceof CofferError && error.code === 'vault-untrusted' ? error : notThere(error)
    })
    try {
      return await sendOriginal(file, stored, request)
    } catch (error) {
      await file.close()
      throw error
    }
  })
}

function notThere(cause: unknown): CofferError {
  return new CofferError('The original is not where it was kept. Is its drive connected?', {
    code: 'file-missing',
    retry: 'later',
    cause,
  })
}

/** Answers the bytes of a file; closes it when they have gone, or when none do. */
async function sendOriginal(
  file: FileHandle,
  stored: { readonly mimeType: string; readonly filename: string; readonly hash: string },
  request: Request,
): Promise<Response> {
  const facts = await file.stat()
  const etag = `"${stored.hash}"`
  const headers = new Headers({
    'content-type': stored.mimeType,
    'accept-ranges': 'bytes',
    etag,
    'cache-control': 'private, max-age=31536000, immutable',
    'x-content-type-options': 'nosniff',
    // An SVG or HTML-like original must never run as a page of ours.
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    // A browser that saves it, or a program that opens it, goes by the ending.
    'content-disposition': dispositionOf(stored),
  })
  const without = async (status: number): Promise<Response> => {
    await file.close()
    return new Response(null, { status, headers })
  }
  if (request.headers.get('if-none-match') === etag) return without(304)
  const range = rangeOf(request.headers.get('range'), facts.size)
  if (range === 'unsatisfiable') {
    headers.set('content-range', `bytes */${facts.size}`)
    return without(416)
  }
  const { start, end } = range ?? { start: 0, end: facts.size - 1 }
  headers.set('content-length', String(end - start + 1))
  if (range) headers.set('content-range', `bytes ${start}-${end}/${facts.size}`)
  if (facts.size === 0 || request.method === 'HEAD') return without(range ? 206 : 200)
  const body = Readable.toWeb(file.createReadStream({ start, end })) as ReadableStream<Uint8Array>
  return new Response(body, { status: range ? 206 : 200, headers })
}

/** The name to save under says what the bytes are; what nothing is known of is saved and never shown. */
function dispositionOf({ filename, mimeType }: { readonly filename: string; readonly mimeType: string }): string {
  const name = safeName(filename, mimeType)
  return `${name === null ? 'attachment' : 'inline'}; filename*=UTF-8''${encodeURIComponent(name ?? 'original.bin')}`
}

/** A single byte range (RFC 9110 §14.2); anything else is answered whole, as the RFC allows. */
function rangeOf(header: string | null, size: number): { start: number; end: number } | 'unsatisfiable' | null {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '')
  if (!match || (match[1] === '' && match[2] === '')) return null
  const [, first = '', last = ''] = match
  const start = first === '' ? Math.max(size - Number(last), 0) : Number(first)
  const end = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1)
  return start > end || start >= size ? 'unsatisfiable' : { start, end }
}
