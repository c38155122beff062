const home = window.coffer?.home ?? null

/** A path as people write it: what lies in their home folder begins with `~`. */
export function shortPath(path: string): string {
  if (home === null || !path.startsWith(home)) return path
  const rest = path.slice(home.length)
  return rest === '' || rest.startsWith('/') ? `~${rest}` : path
}

/** The path that `shortPath` stands for. */
export function fullPath(path: string): string {
  return home !== null && (path === '~' || path.startsWith('~/')) ? home + path.slice(1) : path
}
