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

export function printTable(rows: readonly Row[]): void {
  const lines = [headings, ...rows.map(cells)]
  const widths = headings.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)))
  for (const line of lines) {
    const [what = '', ...others] = line.map((cell, column) =>
      column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
    )
    console.log([what, ...others].join('  ').trimEnd())
  }
}

function cells(row: Row): string[] {
  return [row.what, row.measured, row.ratio, row.required, row.isMet === null ? '' : row.isMet ? 'met' : 'NOT MET']
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other)
  const middle = Math.floor(sorted.length / 2)
  const [low = Number.NaN, high = Number.NaN] = [sorted[sorted.length % 2 === 0 ? middle - 1 : middle], sorted[middle]]
  return (low + high) / 2
}
