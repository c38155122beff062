import type { BigIntStats, Dirent } from 'node:fs'
import { readdir, realpath, stat } from 'node:fs/promises'
import { sep } from 'node:path'
import { messageOf, systemCode } from '../base/errors.ts'
import { isInside } from '../base/paths.ts'
import { isJunkFile, isJunkFolder } from './junk.ts'

/** A file found on disk. `pathRaw` holds the exact bytes of a name that is no valid UTF-8; open by it, show `path`. */
export interface SourceFile {
  readonly path: string
  readonly pathRaw: Uint8Array | null
  readonly sizeBytes: number
  readonly mtimeNs: bigint
  readonly ctimeNs: bigint
  readonly inode: string
}

export type Found =
  | { readonly kind: 'file'; readonly root: string; readonly file: SourceFile }
  | { readonly kind: 'junk' }
  | { readonly kind: 'problem'; readonly root: string; readonly path: string; readonly reason: string }

const separator = Buffer.from(sep)

/** What the system must be given to open the file: its exact bytes where text would not bring them back. */
export function openable(file: Pick<SourceFile, 'path' | 'pathRaw'>): string | Buffer {
  return file.pathRaw === null ? file.path : Buffer.from(file.pathRaw)
}

/**
 * Every file at or below the given absolute paths, depth first, each folder's names in order.
 * Links are followed, each real folder is visited once (so loops end), folders in `avoid` are left out, whichever link
 * leads into them, and what cannot be read is reported as a problem and does not stop the walk.
 */
export async function* walk(
  roots: readonly string[],
  options: { readonly avoid: readonly string[]; readonly signal?: AbortSignal },
): AsyncGenerator<Found> {
  const visited = new Set<string>()
  const avoid: string[] = []
  for (const path of options.avoid) {
    avoid.push(await realpath(path).catch(() => path))
    const facts = await stat(path, { bigint: true }).catch(() => null)
    if (facts) visited.add(identity(facts))
  }
  const seenFiles = new Set<string>()
  for (const root of roots) {
    for await (const found of walkPath(
      root,
      { path: Buffer.from(root), isLink: true },
      { visited, avoid },
      options.signal,
    )) {
      // The same path can be reached twice when one given path lies inside another.
      if (found.kind === 'file') {
        if (roots.length > 1 && seenFiles.has(found.file.path)) continue
        if (roots.length > 1) seenFiles.add(found.file.path)
      }
      yield found
    }
  }
}

async function* walkPath(
  root: string,
  { path, isLink }: { readonly path: Buffer; readonly isLink: boolean },
  known: { readonly visited: Set<string>; readonly avoid: readonly string[] },
  signal: AbortSignal | undefined,
): AsyncGenerator<Found> {
  const { visited, avoid } = known
  signal?.throwIfAborted()
  const shown = path.toString('utf8')
  let facts: BigIntStats
  try {
    facts = await stat(path, { bigint: true })
  } catch (error) {
    yield { kind: 'problem', root, path: shown, reason: reasonOf(error) }
    return
  }
  if (isLink && (await leadsInto(path, avoid))) return
  if (facts.isFile()) {
    yield { kind: 'file', root, file: sourceFile(path, facts) }
    return
  }
  if (!facts.isDirectory()) {
    yield { kind: 'problem', root, path: shown, reason: 'It is neither a file nor a folder.' }
    return
  }
  if (visited.has(identity(facts))) return
  visited.add(identity(facts))
  let entries: Dirent<Buffer>[]
  try {
    entries = await readdir(path, { encoding: 'buffer', withFileTypes: true })
  } catch (error) {
    yield { kind: 'problem', root, path: shown, reason: reasonOf(error) }
    return
  }
  entries.sort((left, right) => left.name.compare(right.name))
  // One stat per name decides file or folder, whatever the entry type says (links, network drives).
  for (const entry of entries) {
    const { name } = entry
    const text = name.toString('utf8')
    if (isJunkFile(text) || isJunkFolder(text)) {
      yield { kind: 'junk' }
      continue
    }
    const endsWithSeparator = path.at(-1) === separator[0]
    const below = Buffer.concat(endsWithSeparator ? [path, name] : [path, separator, name])
    yield* walkPath(root, { path: below, isLink: entry.isSymbolicLink() }, known, signal)
  }
}

async function leadsInto(path: Buffer, folders: readonly string[]): Promise<boolean> {
  const real = await realpath(path).catch(() => null)
  return real !== null && folders.some((folder) => isInside(real, folder))
}

function identity(facts: BigIntStats): string {
  return `${facts.dev}:${facts.ino}`
}

function sourceFile(path: Buffer, facts: BigIntStats): SourceFile {
  const text = path.toString('utf8')
  const isExact = Buffer.from(text).equals(path)
  return {
    path: text,
    pathRaw: isExact ? null : new Uint8Array(path),
    sizeBytes: Number(facts.size),
    mtimeNs: facts.mtimeNs,
    ctimeNs: facts.ctimeNs,
    inode: identity(facts),
  }
}

/** A sentence for a file or folder the system would not let us read. */
export function reasonOf(error: unknown): string {
  const code = systemCode(error) ?? ''
  switch (code) {
    case 'ENOENT':
      return 'It is not there any more.'
    case 'EACCES':
    case 'EPERM':
      return 'Coffer is not allowed to read it.'
    case 'EBUSY':
    case 'ETXTBSY':
      return 'Another program has it open.'
    case 'ELOOP':
      return 'Its link leads nowhere.'
    case 'EIO':
      return 'The disk could not read it.'
    case 'ENAMETOOLONG':
      return 'Its path is too long for this system.'
    default:
      return `It could not be read (${code === '' ? messageOf(error) : code}).`
  }
}
