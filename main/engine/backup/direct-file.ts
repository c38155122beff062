import { closeSync, constants, fstatSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs'
import { systemCode } from '../base/errors.ts'

/**
 * Files read and written past the system's cache, where it can (Linux's O_DIRECT): a backup then pushes nothing else out of
 * memory, writes wait for the disk as they go, and what is read back comes from the disk and not from memory. Synchronous:
 * for threads of their own.
 */
const direct: number = (constants as { readonly O_DIRECT?: number }).O_DIRECT ?? 0
const pieceBytes = 1 << 20
const blockBytes = 4096

/** Part of every JavaScript engine, and of no types that Node has. */
declare const WebAssembly: {
  readonly Memory: new (pages: { readonly initial: number; readonly maximum: number }) => {
    readonly buffer: ArrayBuffer
  }
}

let piece: Buffer | null = null

/** One piece for each thread, for a file at a time. Memory of WebAssembly begins at a page, as O_DIRECT demands. */
function alignedPiece(): Buffer {
  const pages = pieceBytes >> 16
  piece ??= Buffer.from(new WebAssembly.Memory({ initial: pages, maximum: pages }).buffer)
  return piece
}

export interface DirectWriter {
  write(bytes: Uint8Array): void
  /** Writes the rest and closes the file. Its bytes are only safe once somebody has synced it. */
  finish(): void
  /** Closes a file that is given up. */
  abandon(): void
}

/** Opens a file for writing; one at a time in a thread. It is made anew: `replaces` says whether one may be there. */
export function directWriter(path: string, options: { readonly replaces: boolean }): DirectWriter {
  const { O_CREAT, O_WRONLY, O_TRUNC, O_EXCL } = constants
  const flags = O_CREAT | O_WRONLY | (options.replaces ? O_TRUNC : O_EXCL)
  const buffer = alignedPiece()
  let file: number
  try {
    file = openSync(path, flags | direct, 0o600)
  } catch (error) {
    if (systemCode(error) !== 'EINVAL') throw error
    // Some file systems say so only after they have made the file.
    file = openSync(path, O_CREAT | O_WRONLY | O_TRUNC, 0o600)
  }
  let filled = 0
  let written = 0

  function flush(bytes: number): void {
    for (let at = 0; at < bytes;) {
      try {
        // A short write (a drive that fills up) goes on where it stopped, so that its error is the drive's own.
        at += writeSync(file, buffer, at, bytes - at, written + at)
      } catch (error) {
        if (direct === 0 || systemCode(error) !== 'EINVAL') throw error
        closeSync(file)
        file = openSync(path, O_WRONLY)
        at += writeSync(file, buffer, at, bytes - at, written + at)
      }
    }
    written += bytes
    filled = 0
  }

  return {
    write(bytes) {
      for (let at = 0; at < bytes.length;) {
        const count = Math.min(pieceBytes - filled, bytes.length - at)
        buffer.set(bytes.subarray(at, at + count), filled)
        filled += count
        at += count
        if (filled === pieceBytes) flush(filled)
      }
    },
    finish() {
      const size = written + filled
      const whole = Math.ceil(filled / blockBytes) * blockBytes
      buffer.fill(0, filled, whole)
      flush(whole)
      ftruncateSync(file, size)
      closeSync(file)
    },
    abandon: () => closeSync(file),
  }
}

/** The bytes of a file in pieces, each good until the next is asked for. */
export function* piecesOf(path: string): Generator<Buffer> {
  const buffer = alignedPiece()
  let file: number
  try {
    file = openSync(path, constants.O_RDONLY | direct)
  } catch (error) {
    if (systemCode(error) !== 'EINVAL') throw error
    file = openSync(path, 'r')
  }
  try {
    const { size } = fstatSync(file)
    for (let at = 0; at < size;) {
      let count: number
      try {
        count = readSync(file, buffer, 0, pieceBytes, at)
      } catch (error) {
        if (systemCode(error) !== 'EINVAL') throw error
        closeSync(file)
        file = openSync(path, 'r')
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
