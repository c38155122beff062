/** The last part of a path, on whatever system it was written. */
export function nameOfPath(path: string): string {
  return path.split(/[\\/]/).findLast((part) => part !== '') ?? path
}
