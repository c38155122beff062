import { setPreferences } from '../../data/preferences.ts'

/** Row heights from dense to large. */
export const rowHeights = [72, 104, 148, 200, 264, 344, 440] as const

/** The level whose row height is nearest. */
export function levelOf(rowHeight: number): number {
  return rowHeights.reduce(
    (best, height, level) =>
      Math.abs(height - rowHeight) < Math.abs((rowHeights[best] ?? 0) - rowHeight) ? level : best,
    0,
  )
}

export function setLevel(level: number): void {
  const rowHeight = rowHeights[Math.min(Math.max(level, 0), rowHeights.length - 1)]
  if (rowHeight !== undefined) setPreferences({ rowHeight })
}
