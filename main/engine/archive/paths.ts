import { rm, stat } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import type { Reason } from '../../contract/index.ts'
import { CofferError, systemCode } from '../base/errors.ts'
import { vaultScratch } from '../base/scratch.ts'
import { mayBeExport } from './may-be-export.ts'

/** Which of some paths are exports. */
export interface RecognisedPaths {
  readonly exports: {
    readonly paths: string[]
    readonly source: string
    readonly platform: string
    readonly account: string | null
    readonly refused: Reason | null
  }[]
  readonly others: string[]
}

/**
 * Finds the exports among files and folders, by what is in them. Parts of one export (`name-1.zip`, `name-2.zip` … of one folder) are taken
 * together. What cannot be opened is none.
 */
export async function recognisePaths(vaultDir: string, paths: readonly string[]): Promise<RecognisedPaths> {
  const found: RecognisedPaths = { exports: [], others: [] }
  const scratch = await vaultScratch(vaultDir, 'archive')
  try {
    for (const group of groups(paths)) {
      const all = (await look(group, scratch)) ?? null
      if (all) found.exports.push({ paths: [...group], ...all })
      else if (group.length === 1) found.others.push(...group)
      else {
        for (const path of group) {
          const one = await look([path], scratch)
          if (one) found.exports.push({ paths: [path], ...one })
          else found.others.push(path)
        }
      }
    }
  } finally {
    await rm(scratch, { recursive: true, force: true, maxRetries: 3 })
  }
  return found
}

type Look = Omit<RecognisedPaths['exports'][number], 'paths'>

async function look(paths: readonly string[], scratch: string): Promise<Look | null> {
  try {
    const [only] = paths
    const isFolder = paths.length === 1 && only !== undefined && (await stat(only)).isDirectory()
    if (isFolder && !(await mayBeExport(only))) return null
    // Loaded when it is wanted: most of what is dropped is photos.
    const { openTree } = await import('./open-tree.ts')
    await using tree = await openTree(paths, scratch)
    const { recognise } = await import('./recognise.ts')
    const known = await recognise(tree)
    if (!known) return null
    const { source, recognised } = known
    const { username, displayName, platformUserId } = recognised.account
    return {
      source: source.name,
      platform: recognised.platform,
      account: username ?? displayName ?? platformUserId,
      refused: recognised.refused,
    }
  } catch (error) {
    // What is no archive, or gone, is for the import of files to say.
    if (error instanceof CofferError || systemCode(error) !== undefined) return null
    throw error
  }
}

/** Archives of one folder whose names differ in nothing but numbers belong together. */
function groups(paths: readonly string[]): (readonly string[])[] {
  const stem = (path: string): string =>
    /\.(?:zip|tgz|tar|gz)$/i.test(path) ? `${dirname(path)}/${basename(path).replaceAll(/\d+/g, '#')}` : path
  return [...Map.groupBy(paths, stem).values()].map((group) => group.toSorted())
}
