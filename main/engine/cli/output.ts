import type { TakenPrecision } from '../../contract/index.ts'
import { CofferError } from '../base/errors.ts'

export { bytesInWords } from '../base/bytes.ts'
export { plural } from '../base/plural.ts'

/** Where a command writes: its answer to stdout, everything else to stderr. */
export interface Output {
  readonly isJson: boolean
  readonly isQuiet: boolean
  /** The answer: `json` when one document was asked for, else the lines for people. */
  answer(json: unknown, lines: readonly string[]): void
  /** A remark on stderr; left out when quiet. */
  say(line: string): void
  /** A progress line that overwrites itself; only on a terminal. */
  progress(line: string): void
}

export function createOutput(options: { readonly json: boolean; readonly quiet: boolean }): Output {
  const showsProgress = process.stderr.isTTY && !options.quiet
  let hasProgress = false
  function clear(): void {
    if (hasProgress) process.stderr.write('\r\u001B[2K')
    hasProgress = false
  }
  return {
    isJson: options.json,
    isQuiet: options.quiet,
    answer(json, lines) {
      clear()
      if (options.json) process.stdout.write(`${JSON.stringify(json)}\n`)
      else if (lines.length > 0) process.stdout.write(`${lines.map(printable).join('\n')}\n`)
    },
    say(line) {
      clear()
      if (!options.quiet) process.stderr.write(`${printable(line)}\n`)
    },
    progress(line) {
      if (!showsProgress) return
      clear()
      process.stderr.write(printable(line).slice(0, (process.stderr.columns ?? 80) - 1))
      hasProgress = true
    },
  }
}

/** A plain table: columns padded to their widest cell, numbers to the right. */
export function table(rows: readonly (readonly (string | number)[])[]): string[] {
  const widths: number[] = []
  for (const row of rows) row.forEach((cell, at) => (widths[at] = Math.max(widths[at] ?? 0, String(cell).length)))
  return rows.map((row) =>
    row
      .map((cell, at) =>
        typeof cell === 'number' ? String(cell).padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  )
}

/** `2024-06-15 18:30:00`, or as much of a date as is known: `1993-08`, `1993`. */
export function takenInWords(of: {
  readonly takenLocal: string | null
  readonly takenPrecision: TakenPrecision | null
}): string {
  if (of.takenLocal === null) return 'no date'
  const length = of.takenPrecision === null ? 19 : { year: 4, month: 7, day: 10 }[of.takenPrecision]
  return of.takenLocal.replace('T', ' ').slice(0, length)
}

export function secondsInWords(seconds: number): string {
  if (seconds < 60) return `${Math.max(Math.round(seconds), 1)} s`
  if (seconds < 3600) return `${Math.round(seconds / 60)} min`
  return `${Math.floor(seconds / 3600)} h ${Math.round((seconds % 3600) / 60)} min`
}

/** Exit codes of the contract. */
export const exitCodes = { done: 0, failed: 1, wrongUsage: 2, someFailed: 3, locked: 4 } as const

export function exitCodeOf(error: unknown): number {
  if (!(error instanceof CofferError)) return exitCodes.failed
  if (error.code === 'vault-locked') return exitCodes.locked
  if (error.code === 'wrong-usage' || error.code === 'erase-unconfirmed') return exitCodes.wrongUsage
  return exitCodes.failed
}

/**
 * A line for a terminal. Names of files come from anywhere: what would move the cursor, colour the screen or turn the
 * direction of the text is shown as a mark instead.
 */
export function printable(line: string): string {
  return line.replaceAll(/(?![\n\t])[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]/gu, '\u{FFFD}')
}
