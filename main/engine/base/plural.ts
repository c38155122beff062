/** A number with its noun in English: `1 photo`, `2,000 photos`. */
export function plural(count: number, one: string, many: string): string {
  return `${new Intl.NumberFormat('en').format(count)} ${count === 1 ? one : many}`
}
