import { relative, sep } from 'node:path'
import picomatch from 'picomatch'

/**
 * Whether a path of a folder is passed over. A pattern without a slash (`*.tmp`, `cache`) means a name at any depth; one
 * with a slash is relative to the folder. A folder that matches is passed over with all that is in it.
 */
export function ignoring(root: string, patterns: readonly string[]): (path: string) => boolean {
  if (patterns.length === 0) return () => false
  const options = { dot: true, nocase: process.platform !== 'linux' }
  const isName = picomatch(
    patterns.filter((pattern) => !pattern.includes('/')),
    options,
  )
  const isPlace = picomatch(
    patterns.filter((pattern) => pattern.includes('/')).map((pattern) => pattern.replace(/^\//, '')),
    options,
  )
  return (path) => {
    const parts = relative(root, path).split(sep)
    return parts.some((name, index) => isName(name) || isPlace(parts.slice(0, index + 1).join('/')))
  }
}
