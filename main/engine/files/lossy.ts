import { readdir, stat } from 'node:fs/promises'
import { parse, sep } from 'node:path'
import { openable, pathBytes, pathText } from '../base/path-text.ts'
import { joined } from './walk.ts'

/**
 * What is on disk at a path that was given as text. Windows, browsers and command lines hand over a name that is no UTF-8
 * with U+FFFD in the place of its odd bytes: then everything that is shown so is meant. Returns path text; empty when
 * nothing is there.
 */
export async function pathsAt(given: string): Promise<string[]> {
  const exact = pathText(given)
  if (await exists(exact)) return [exact]
  if (!given.includes('\uFFFD')) return []
  const { root } = parse(given)
  let found = [root]
  for (const part of given.slice(root.length).split(sep)) {
    if (part === '') continue
    const below = await Promise.all(
      found.map(async (folder) => {
        const names = part.includes('\uFFFD') ? await namesShownAs(folder, part) : [Buffer.from(part)]
        return names.map((name) => pathText(joined(pathBytes(folder), name)))
      }),
    )
    found = below.flat()
  }
  const areThere = await Promise.all(found.map(exists))
  return found.filter((_, index) => areThere[index])
}

async function namesShownAs(folder: string, shown: string): Promise<Buffer[]> {
  const names = await readdir(openable(folder), { encoding: 'buffer' }).catch(() => [])
  return names.filter((name) => name.toString('utf8') === shown)
}

function exists(path: string): Promise<boolean> {
  return stat(openable(path)).then(
    () => true,
    () => false,
  )
}
