/** One line of the table. `isMet` is null where nothing is required. */
export interface Row {
  readonly what: string
  readonly measured: string
  readonly ratio: string
  readonly required: string
  readonly isMet: boolean | null
}

const headings = ['', 'measured', 'ratio', 'required', '']

/** A row that only tells a figure. */
export function told(what: string, measured: string): Row {
  return { what, measured, ratio: '', required: '', isMet: null }
}

/** Prints the rows; one that is not met on a noisy computer is neither met nor not. */
export function printTable(rows: readonly Row[], isNoisy = false): void {
  const lines = [headings, ...rows.map((row) => cells(row, isNoisy))]
  const widths = headings.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)))
  for (const line of lines) {
    const [what = '', ...others] = line.map((cell, column) =>
      column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
    )
    console.log([what, ...others].join('  ').trimEnd())
  }
}

function cells(row: Row, isNoisy: boolean): string[] {
  const verdict = row.isMet === null ? '' : row.isMet ? 'met' : isNoisy ? 'noisy' : 'NOT MET'
  return [row.what, row.measured, row.ratio, row.required, verdict]
}

/** Smallest, median and largest of some figures. */
export function spread(values: readonly number[], digits: number): string {
  const three = [Math.min(...values), median(values), Math.max(...values)]
  return values.length === 1 ? median(values).toFixed(digits) : three.map((value) => value.toFixed(digits)).join(' / ')
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other)
  const middle = Math.floor(sorted.length / 2)
  const [low = Number.NaN, high = Number.NaN] = [sorted[sorted.length % 2 === 0 ? middle - 1 : middle], sorted[middle]]
  return (low + high) / 2
}
