/** Small habits of the person, kept in this window's own storage. */
export interface ImportHabit {
  readonly ask: boolean
  readonly reference: boolean
}

const key = 'coffer.import-habit'
const usual: ImportHabit = { ask: true, reference: false }

export function importHabit(): ImportHabit {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? 'null')
    return typeof kept === 'object' && kept !== null ? { ...usual, ...kept } : usual
  } catch {
    // Storage can be off or hold something old: ask, as on the first day.
    return usual
  }
}

export function keepImportHabit(habit: ImportHabit): void {
  try {
    localStorage.setItem(key, JSON.stringify(habit))
  } catch {
    // Then the question simply comes again.
  }
}
