import { createHash, type Hash } from 'node:crypto'
import { constants, copyFileSync, linkSync, mkdirSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { release } from '../../base/bytes.ts'
import { CofferError, systemCode } from '../../base/errors.ts'
import { openerWith } from '../../keys/index.ts'
import { fileWriter, piecesOf } from './direct-file.ts'
import type { ReadRequest, ReadResult } from './messages.ts'
import { tarReader, type EntrySink } from './tar.ts'

/**
 * Reads a pack whole. Damage of the pack is a result; what cannot be written to a target is thrown. A target gets its
 * bytes only when they have the hash they should have: a file that does not is removed again. Targets are not synced.
 */
export function readPack(request: ReadRequest): ReadResult {
  const whole: [string, number][] = []
  const digest = request.name === null ? null : createHash('sha256')
  const targets = new Map(request.targets)
  const reader = request.head === null ? null : tarReader((path) => sinkOf(path, targets, whole))
  let bytes = 0
  try {
    const opener = request.head === null ? null : openerWith(request.head)
    let skip = opener?.headBytes ?? 0
    const take = (plain: Buffer<ArrayBuffer>): void => {
      reader?.write(plain)
      release(plain)
    }
    for (const part of piecesOf(request.path)) {
      bytes += part.length
      digest?.update(part)
      opener?.update(part.subarray(skip), take)
      skip = Math.max(0, skip - part.length)
    }
    opener?.final(take)
    reader?.end()
  } catch (error) {
    reader?.abort()
    if (isAbsent(error, request.path)) return { bytes, whole, damage: 'It is missing.' }
    if (!(error instanceof CofferError)) throw error
    return { bytes, whole, damage: error.message }
  }
  const isNamed = digest === null || digest.digest('hex') === request.name
  return { bytes, whole, damage: isNamed ? null : 'Its contents are not what was written.' }
}

function isAbsent(error: unknown, path: string): boolean {
  return systemCode(error) === 'ENOENT' && (error as NodeJS.ErrnoException).path === path
}

function sinkOf(path: string, targets: ReadonlyMap<string, readonly string[]>, whole: [string, number][]): EntrySink {
  const hash = path.replace(/^originals\//, '')
  const digest = createHash('sha256')
  const [first, ...others] = targets.get(hash) ?? []
  return first === undefined ? checking(digest, hash, whole) : writing({ digest, hash, whole, path: first, others })
}

function checking(digest: Hash, hash: string, whole: [string, number][]): EntrySink {
  let size = 0
  return {
    data(bytes) {
      size += bytes.length
      digest.update(bytes)
    },
    end() {
      if (digest.digest('hex') === hash) whole.push([hash, size])
    },
    abort() {},
  }
}

function writing(to: {
  readonly digest: Hash
  readonly hash: string
  readonly whole: [string, number][]
  readonly path: string
  readonly others: readonly string[]
}): EntrySink {
  makeFolder(dirname(to.path))
  const out = fileWriter(to.path)
  let size = 0
  return {
    data(bytes) {
      size += bytes.length
      to.digest.update(bytes)
      out.write(bytes)
    },
    end() {
      out.finish()
      if (to.digest.digest('hex') !== to.hash) {
        rmSync(to.path, { force: true })
        return
      }
      for (const other of to.others) duplicate(to.path, other)
      to.whole.push([to.hash, size])
    },
    abort: () => out.abandon(),
  }
}

/** Asked for once and not once for each file in it. */
const made = new Set<string>()

function makeFolder(path: string): void {
  if (made.has(path)) return
  mkdirSync(path, { recursive: true, mode: 0o700 })
  made.add(path)
}

/** The same bytes at a second place: two people of a vault may keep the same photo. */
function duplicate(from: string, to: string): void {
  makeFolder(dirname(to))
  try {
    linkSync(from, to)
  } catch {
    // Not every file system has links.
    copyFileSync(from, to, constants.COPYFILE_EXCL)
  }
}
