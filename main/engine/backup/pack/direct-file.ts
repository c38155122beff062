import { closeSync, constants, fstatSync, openSync, readSync, rmSync, writeSync } from 'node:fs'
import { systemCode } from '../../base/errors.ts'
import { openPlainSync } from '../../base/inside.ts'

/**
 * Files read and written past the system's cache, where it can (Linux's O_DIRECT): a backup then pushes nothing else out of
 * memory, writes wait for the disk as they go, and what is read back comes from the disk and not from memory. Synchronous:
 * for threads of their own, with one file to read and one to write at a time.
 */
const direct: number = (constants as { readonly O_DIRECT?: number }).O_DIRECT ?? 0
const pieceBytes = 1 << 20
const blockBytes = 4096
/** Smaller files cost more to wait for than to remember. */
const leastDirect = 64 << 10

/** Part of every JavaScript engine, and of no types that Node has. */
declare const WebAssembly: {
  readonly Memory: new (pages: { readonly initial: number; readonly maximum: number }) => {
    readonly buffer: ArrayBuffer
  }
}

const pieces: { reading?: Buffer; writing?: Buffer } = {}

/** Memory of WebAssembly begins at a page, as O_DIRECT demands. */
function pieceFor(use: 'reading' | 'writing'): Buffer {
  const pages = pieceBytes >> 16
  return (pieces[use] ??= Buffer.from(new WebAssembly.Memory({ initial: pages, maximum: pages }).buffer))
}

export interface FileWriter {
  write(bytes: Uint8Array): void
  /** Writes the rest and closes the file. Its bytes are only safe once somebody has synced it. */
  finish(): void
  /** Closes a file that is given up, and removes what this writer made; a file that was there before stays. */
  abandon(): void
}

/** Writes a file that must not be there yet. It is made with its first piece. */
export function fileWriter(path: string): FileWriter {
  const { O_CREAT, O_WRONLY, O_EXCL } = constants
  const noFollow = constants.O_NOFOLLOW ?? 0
  const buffer = pieceFor('writing')
  let file = -1
  let way: 'none' | 'direct' | 'plain' = 'none'
  let filled = 0
  let written = 0
  let isMade = false

  function close(): void {
    if (file !== -1) closeSync(file)
    file = -1
  }

  function open(wanted: 'direct' | 'plain'): void {
    const making = way === 'none' ? O_CREAT | O_EXCL : 0
    close()
    way = wanted
    try {
      file = openSync(path, O_WRONLY | making | noFollow | (wanted === 'direct' ? direct : 0), 0o600)
      isMade = true
    } catch (error) {
      if (wanted === 'plain' || systemCode(error) !== 'EINVAL') throw error
      // Some file systems say that they cannot only after they have made the file.
      way = 'plain'
      file = openSync(path, O_WRONLY | O_CREAT | noFollow, 0o600)
      isMade = true
    }
  }

  function put(from: number, to: number): void {
    // A short write (a drive that fills up) goes on where it stopped, so that its error is the drive's own.
    for (let at = from; at < to;) at += writeSync(file, buffer, at, to - at, written + at)
  }

  /** Whole blocks past the cache; returns how many bytes that were. */
  function putBlocks(): number {
    const bytes = written + filled < leastDirect ? 0 : filled - (filled % blockBytes)
    if (bytes === 0 || direct === 0 || way === 'plain') return 0
    if (way === 'none') open('direct')
    try {
      put(0, bytes)
      return bytes
    } catch (error) {
      if (systemCode(error) !== 'EINVAL') throw error
      return 0
    }
  }

  function flush(): void {
    const done = putBlocks()
    if (done < filled || way === 'none') {
      if (way !== 'plain') open('plain')
      put(done, filled)
    }
    written += filled
    filled = 0
  }

  return {
    write(bytes) {
      for (let at = 0; at < bytes.length;) {
        const count = Math.min(pieceBytes - filled, bytes.length - at)
        buffer.set(bytes.subarray(at, at + count), filled)
        filled += count
        at += count
        if (filled === pieceBytes) flush()
      }
    },
    finish() {
      flush()
      close()
    },
    abandon() {
      close()
      if (isMade) rmSync(path, { force: true })
    },
  }
}

/** The bytes of a file in pieces, each good until the next is asked for. */
export function* piecesOf(path: string): Generator<Buffer> {
  const buffer = pieceFor('reading')
  let file = openPlainSync(path)
  try {
    const { size } = fstatSync(file)
    if (size >= leastDirect) file = reopened(file, path, direct)
    for (let at = 0; at < size;) {
      let count: number
      try {
        count = readSync(file, buffer, 0, pieceBytes, at)
      } catch (error) {
        if (systemCode(error) !== 'EINVAL') throw error
        file = reopened(file, path, 0)
        count = readSync(file, buffer, 0, pieceBytes, at)
      }
      if (count === 0) return
      yield buffer.subarray(0, count)
      at += count
    }
  } finally {
    closeSync(file)
  }
}

/** The file opened in another way; as it is where that cannot be. */
function reopened(file: number, path: string, flags: number): number {
  try {
    const again = openPlainSync(path, flags)
    closeSync(file)
    return again
  } catch (error) {
    if (systemCode(error) !== 'EINVAL') throw error
    return file
  }
}
