import type { BigIntStats } from 'node:fs'
import { lstat, readdir, realpath, stat } from 'node:fs/promises'
import { sep } from 'node:path'
import type { Reason } from '../../contract/index.ts'
import { isInside } from '../base/paths.ts'
import { openable, pathBytes, pathText } from '../base/path-text.ts'
import { isJunkFile, isJunkFolder } from './junk.ts'
import { reason, reasonOf } from './reasons.ts'
import { identity, sourceFile, type SourceFile } from './source.ts'

export type Found =
  | { readonly kind: 'file'; readonly root: string; readonly file: SourceFile }
  | { readonly kind: 'junk' }
  | { readonly kind: 'problem'; readonly root: string; readonly path: string; readonly reason: Reason }

const separator = Buffer.from(sep)

/** A place still to be looked at. `link`: what a given path is, nobody has looked at yet. */
interface Step {
  readonly path: Buffer
  readonly link: 'maybe' | 'yes' | 'no'
}

interface Known {
  readonly visited: Set<string>
  readonly avoid: readonly string[]
  readonly ahead: Step[]
  /** Links to folders, for when everything else has been visited; null leaves them out. */
  readonly linked: Step[] | null
}

/**
 * Every file at or below the given absolute paths (path text), depth first, each folder's names in order of their bytes.
 * Links are followed when everything else has been visited, and each real folder is visited once: loops end, and a folder that
 * can be reached without a link is. Folders in `avoid` are left out, whichever link leads into them, and what cannot be read
 * is reported as a problem and does not stop the walk.
 */
export async function* walk(
  roots: readonly string[],
  options: {
    readonly avoid: readonly string[]
    readonly signal?: AbortSignal
    /** Links to folders are left out, given ones too. */
    readonly withoutFolderLinks?: boolean
  },
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
    // A list of its own, not the stack of calls: a path can be two thousand folders deep.
    const isGivenLink = options.withoutFolderLinks === true && (await isLink(root))
    const ahead: Step[] = [{ path: pathBytes(root), link: isGivenLink ? 'yes' : 'maybe' }]
    const linked = options.withoutFolderLinks === true ? null : []
    for (let step = ahead.pop(); step; step = ahead.pop() ?? asReached(linked?.shift())) {
      options.signal?.throwIfAborted()
      for await (const found of lookAtStep(root, step, { visited, avoid, ahead, linked })) {
        // The same path can be reached twice when one given path lies inside another.
        if (found.kind === 'file' && roots.length > 1) {
          if (seenFiles.has(found.file.path)) continue
          seenFiles.add(found.file.path)
        }
        yield found
      }
    }
  }
}

/** A link that was put off has been waited for. */
function asReached(step: Step | undefined): Step | undefined {
  return step && { ...step, link: 'maybe' }
}

async function isLink(path: string): Promise<boolean> {
  return lstat(openable(path)).then(
    (facts) => facts.isSymbolicLink(),
    () => false,
  )
}

async function* lookAtStep(root: string, { path, link }: Step, known: Known): AsyncGenerator<Found> {
  const { visited, avoid, ahead, linked } = known
  const problem = (why: Reason): Found => ({ kind: 'problem', root, path: pathText(path), reason: why })
  let facts: BigIntStats
  try {
    facts = await stat(path, { bigint: true })
  } catch (error) {
    yield problem(reasonOf(error))
    return
  }
  if (link !== 'no' && (await leadsInto(path, avoid))) return
  if (facts.isFile()) {
    yield { kind: 'file', root, file: sourceFile(pathText(path), facts) }
    return
  }
  if (!facts.isDirectory()) {
    yield problem(reason('not-a-file'))
    return
  }
  if (link === 'yes') {
    linked?.push({ path, link })
    return
  }
  if (visited.has(identity(facts))) return
  visited.add(identity(facts))
  const below: Step[] = []
  try {
    const entries = await readdir(path, { encoding: 'buffer', withFileTypes: true })
    entries.sort((left, right) => left.name.compare(right.name))
    // Looking at each name decides file or folder, whatever the entry type says (links, network drives).
    for (const entry of entries) {
      const name = entry.name.toString('utf8')
      if (isJunkFile(name) || isJunkFolder(name)) yield { kind: 'junk' }
      else below.push({ path: joined(path, entry.name), link: entry.isSymbolicLink() ? 'yes' : 'no' })
    }
  } catch (error) {
    yield problem(reasonOf(error))
  }
  ahead.push(...below.reverse())
}

/** A name below a folder. The root of a disk ends with its separator already. */
export function joined(folder: Buffer, name: Buffer): Buffer {
  return Buffer.concat(folder.at(-1) === separator[0] ? [folder, name] : [folder, separator, name])
}

async function leadsInto(path: Buffer, folders: readonly string[]): Promise<boolean> {
  const real = await realpath(path, { encoding: 'buffer' }).catch(() => null)
  return real !== null && folders.some((folder) => isInside(pathText(real), folder))
}
