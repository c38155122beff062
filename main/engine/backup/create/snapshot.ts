import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, rm, stat } from 'node:fs/promises'
import { pipeline, Readable, type Transform } from 'node:stream'
import { StringDecoder } from 'node:string_decoder'
import { createGunzip, createGzip } from 'node:zlib'
import { z } from 'zod'
import { release } from '../../base/bytes.ts'
import { CofferError } from '../../base/errors.ts'
import { lineCutter } from '../../base/lines.ts'
import { ageOpener, ageSealer, maxAgeHeaderBytes, type AgeKeys } from '../../keys/index.ts'
import type { Repository } from '../repository/repository.ts'
import { tarEnd, tarHeader, tarPadding, tarReader } from '../pack/tar.ts'

/** What `snapshot.json` says. */
export const snapshotSchema = z.object({
  format: z.int(),
  id: z.uuid(),
  createdAt: z.string(),
  /** Counts the snapshots of a repository, whatever the clock says; snapshots of before have none. */
  number: z.int().optional(),
  vaultId: z.uuid(),
  vaultName: z.string(),
  schemaVersion: z.int(),
  program: z.string(),
  files: z.int(),
  bytes: z.number(),
  tables: z.record(z.string(), z.int()),
  /** A checksum of what is in each table; snapshots of before have none. */
  sums: z.record(z.string(), z.string()).optional(),
  /** How many small pictures are in it; absent where they were not asked for. */
  thumbnails: z.int().optional(),
  missing: z.array(z.object({ sha256: z.string(), path: z.string(), reason: z.enum(['missing', 'damaged']) })),
})
export type SnapshotAbout = z.infer<typeof snapshotSchema>

/** One line of `files.jsonl`. */
export interface SnapshotFile {
  readonly sha256: string
  readonly size: number
  /** Where it goes in a vault, with `/`. */
  readonly path: string
  readonly mediaId: string
  readonly filename: string
  readonly isReference: boolean
}

/** A line of `files.jsonl` of something that knows more. */
export function snapshotLine({ sha256, size, path, mediaId, filename, isReference }: SnapshotFile): SnapshotFile {
  return { sha256, size, path, mediaId, filename, isReference }
}

/** One line of `thumbnails.jsonl`. */
export type SnapshotThumbnail = Pick<SnapshotFile, 'sha256' | 'size' | 'path'>

/** One line of `albums.jsonl`. */
export interface SnapshotAlbum {
  readonly id: string
  readonly name: string
  readonly media: readonly string[]
}

const gzipBytes = 1 << 18

export type Part = { readonly name: string; readonly bytes: Buffer } | { readonly name: string; readonly file: string }

/** Stores a snapshot: a gzipped tar of the parts, in their order, sealed. Returns its name and size. */
export async function writeSnapshot(
  repository: Repository,
  parts: readonly Part[],
): Promise<{ name: string; size: number }> {
  const { store, recipient } = repository
  const sealer = await ageSealer([recipient])
  const temporary = store.temporary()
  const digest = createHash('sha256')
  const out = await open(temporary, 'wx', 0o600)
  let size = 0
  let pending: Buffer<ArrayBuffer>[] = []
  const take = (bytes: Buffer<ArrayBuffer>): void => {
    digest.update(bytes)
    size += bytes.length
    pending.push(bytes)
  }
  const flush = async (): Promise<void> => {
    const bytes = pending
    pending = []
    if (bytes.length > 0) await out.writev(bytes)
    for (const each of bytes) release(each)
  }
  let isKept = false
  try {
    take(sealer.head)
    // One part of it at a time: sixteen would wait in memory otherwise.
    const tar = Readable.from(tarOf(parts), { highWaterMark: 1 })
    for await (const chunk of through(tar, createGzip({ level: 3, chunkSize: gzipBytes }))) {
      sealer.update(chunk as Buffer, take)
      await flush()
    }
    sealer.final(take)
    await flush()
    await out.sync()
    isKept = true
  } finally {
    await out.close()
    if (!isKept) await rm(temporary, { force: true })
  }
  const name = digest.digest('hex')
  await store.adopt('snapshots', temporary, name)
  return { name, size }
}

/** What comes out of the second stream; a failure of either ends it with that failure. */
function through(source: Readable, transform: Transform): Transform {
  pipeline(source, transform, () => {})
  return transform
}

async function* tarOf(parts: readonly Part[]): AsyncGenerator<Buffer> {
  let written = 0
  for (const part of parts) {
    const size = 'bytes' in part ? part.bytes.length : (await stat(part.file)).size
    yield tarHeader(part.name, size)
    if ('bytes' in part) yield part.bytes
    else for await (const chunk of createReadStream(part.file, { highWaterMark: 1 << 18 })) yield chunk as Buffer
    yield tarPadding(size)
    written += 512 + size + tarPadding(size).length
  }
  yield tarEnd(written, 512)
}

/** The entries of a snapshot in their order. Read each to its end before asking for the next. */
export function partsOf(repository: Repository, name: string, pieceBytes?: number): AsyncGenerator<TarPart> {
  const { store, identity } = repository
  const plain = decrypted(store.path('snapshots', name), { identities: [identity] }, pieceBytes)
  return partsIn(through(plain, createGunzip()))
}

/** What a snapshot says of itself; little more than that is read. Throws `backup-damaged`. */
export async function readAbout(repository: Repository, name: string): Promise<SnapshotAbout> {
  const parts = partsOf(repository, name, 1 << 17)
  const { value } = await parts.next()
  if (value?.name !== 'snapshot.json') throw new CofferError('Its type is unknown.', { code: 'backup-damaged' })
  const about = snapshotSchema.parse(JSON.parse(await textOf(value)))
  await parts.return(undefined)
  return about
}

/** The hashes of everything a snapshot needs from packs, many at a time. Throws `backup-damaged`. */
export async function* neededBy(
  repository: Repository,
  name: string,
): AsyncGenerator<readonly { readonly sha256: string; readonly filename: string | null }[]> {
  let isListed = false
  for await (const part of partsOf(repository, name)) {
    isListed ||= part.name === 'files.jsonl'
    if (part.name !== 'files.jsonl' && part.name !== 'thumbnails.jsonl') continue
    for await (const some of recordsOf<SnapshotThumbnail & { readonly filename?: string }>(part)) {
      yield some.map(({ sha256, filename = null }) => ({ sha256, filename }))
    }
  }
  if (!isListed) throw damaged()
}

/** An entry of a tar that is read as it comes. */
export interface TarPart {
  readonly name: string
  readonly chunks: AsyncIterable<Buffer>
}

/** The entries of a tar in their order. Read each to its end before asking for the next. */
export async function* partsIn(plain: Readable): AsyncGenerator<TarPart> {
  // Entries are cut out of the stream as it comes; a queue of pieces stands between tar and the reader.
  type Piece = { readonly name: string } | Buffer | null
  const queue: Piece[] = []
  const reader = tarReader((path) => {
    queue.push({ name: path })
    return { data: (bytes) => void queue.push(Buffer.from(bytes)), end: () => void queue.push(null), abort() {} }
  })
  const source = plain[Symbol.asyncIterator]()
  async function next(): Promise<Piece | undefined> {
    while (queue.length === 0) {
      const read: IteratorResult<Buffer, undefined> = await source.next().catch((cause: unknown) => {
        throw cause instanceof CofferError ? cause : damaged(cause)
      })
      if (read.done === true) {
        reader.end()
        return undefined
      }
      reader.write(read.value)
    }
    return queue.shift()
  }
  try {
    for (;;) {
      const piece = await next()
      if (piece === undefined) return
      if (piece === null || Buffer.isBuffer(piece)) throw damaged()
      let isRead = false
      const chunks = (async function* (): AsyncGenerator<Buffer> {
        for (;;) {
          const part = await next()
          if (part === null) break
          if (!Buffer.isBuffer(part)) throw damaged()
          yield part
        }
        isRead = true
      })()
      yield { name: piece.name, chunks }
      if (!isRead) for await (const chunk of chunks) void chunk
    }
  } finally {
    plain.destroy()
  }
}

/** What an age file holds, read so many bytes at a time. Fails with `backup-wrong-key` and `backup-damaged`. */
export function decrypted(path: string, ways: AgeKeys, pieceBytes = 1 << 20): Readable {
  return Readable.from(
    (async function* (): AsyncGenerator<Buffer> {
      let opener: Awaited<ReturnType<typeof ageOpener>> | null = null
      let plain: Buffer[] = []
      const take = (bytes: Buffer): void => void plain.push(bytes)
      const file = createReadStream(path, { highWaterMark: pieceBytes })
      try {
        for await (const chunk of file) {
          const bytes = chunk as Buffer
          if (opener) opener.update(bytes, take)
          else {
            opener = await ageOpener(bytes.subarray(0, maxAgeHeaderBytes), ways)
            opener.update(bytes.subarray(opener.headBytes), take)
          }
          yield* plain
          plain = []
        }
        if (!opener) throw damaged()
        opener.final(take)
        yield* plain
      } finally {
        file.destroy()
      }
    })(),
  )
}

/** More than any of the small entries, and any line of the lists, ever has: what is read whole must fit into memory. */
const mostAtOnce = 64 << 20

/** A whole entry as text. */
export async function textOf(part: { readonly chunks: AsyncIterable<Buffer> }): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of part.chunks) {
    size += chunk.length
    if (size > mostAtOnce) throw damaged()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** The lines of an entry without their ends, many at a time: a turn of the loop for each would take longer than reading them. */
export async function* linesOf(part: { readonly chunks: AsyncIterable<Buffer> }): AsyncGenerator<readonly string[]> {
  const decoder = new StringDecoder('utf8')
  const cut = lineCutter()
  for await (const chunk of part.chunks) {
    const lines = cut.add(decoder.write(chunk))
    if (lines.length > 0) yield lines
  }
  const lines = cut.end(decoder.end())
  if (lines.length > 0) yield lines
}

/** The records of an entry that is JSON lines, many at a time. */
export async function* recordsOf<T>(part: { readonly chunks: AsyncIterable<Buffer> }): AsyncGenerator<readonly T[]> {
  for await (const lines of linesOf(part)) yield lines.map((line) => JSON.parse(line) as T)
}

/** The same for a file. */
export function recordsIn<T>(path: string): AsyncGenerator<readonly T[]> {
  return recordsOf<T>({ chunks: createReadStream(path, { highWaterMark: 1 << 18 }) })
}

/** Records as JSON lines, as `recordsOf` reads them. */
export function jsonLines(records: readonly object[]): string {
  return records.map((each) => `${JSON.stringify(each)}\n`).join('')
}

function damaged(cause?: unknown): CofferError {
  return new CofferError('A snapshot of the backup is damaged.', {
    code: 'backup-damaged',
    ...(cause !== undefined && { cause }),
  })
}
