/**
 * The columns of `activities.csv` that are read: their English name, which of the columns of that name (from 1), and where they
 * stand in every language. Of those that come twice the first is rounded and in the account's units, the second in metres and
 * seconds.
 */
const columns = {
  id: ['Activity ID', 1, 0],
  date: ['Activity Date', 1, 1],
  name: ['Activity Name', 1, 2],
  type: ['Activity Type', 1, 3],
  description: ['Activity Description', 1, 4],
  elapsedShown: ['Elapsed Time', 1, 5],
  privateNote: ['Activity Private Note', 1, 10],
  gear: ['Activity Gear', 1, 11],
  file: ['Filename', 1, 12],
  elapsed: ['Elapsed Time', 2, 15],
  moving: ['Moving Time', 1, 16],
  distance: ['Distance', 2, 17],
  maxSpeed: ['Max Speed', 1, 18],
  averageSpeed: ['Average Speed', 1, 19],
  elevationGain: ['Elevation Gain', 1, 20],
  maxHeartRate: ['Max Heart Rate', 2, 30],
  averageHeartRate: ['Average Heart Rate', 1, 31],
  maxWatts: ['Max Watts', 1, 32],
  averageWatts: ['Average Watts', 1, 33],
  calories: ['Calories', 1, 34],
} as const satisfies Readonly<Record<string, readonly [name: string, occurrence: number, position: number]>>

export type Column = keyof typeof columns

/** Where a column is; -1 where there is none. Names count where they are English, positions where they are not. */
export function positionOf(header: readonly string[], column: Column): number {
  const [name, occurrence, position] = columns[column]
  if (header[0] !== columns.id[0]) return position < header.length ? position : -1
  let left: number = occurrence
  return header.findIndex((each) => each === name && (left -= 1) === 0)
}

/** What stands in a column; null for nothing. */
export function cellOf(header: readonly string[], cells: readonly string[], column: Column): string | null {
  return cells[positionOf(header, column)]?.trim() || null
}

/** A figure, which is written as a computer writes it. */
export function figureOf(header: readonly string[], cells: readonly string[], column: Column): number | null {
  const cell = cellOf(header, cells, column)
  return cell !== null && /^-?\d{1,15}(?:\.\d{1,20})?$/.test(cell) ? Number(cell) : null
}

/** Paths of the pictures of an activity: in the column that has them, whatever it is called. */
export function picturesOf(cells: readonly string[]): string[] {
  const cell = cells.findLast((each) => each.startsWith('media/')) ?? ''
  return cell
    .split('|')
    .map((path) => path.trim())
    .filter((path) => path !== '')
}
