/** The things of a list sorted from top to bottom that touch a stretch of it. */
export function within<Item extends { readonly top: number; readonly height: number }>(
  items: readonly Item[],
  from: number,
  to: number,
): readonly Item[] {
  let low = 0
  let high = items.length
  while (low < high) {
    const middle = (low + high) >> 1
    const item = items[middle]
    if (item && item.top + item.height < from) low = middle + 1
    else high = middle
  }
  let end = low
  while (end < items.length && (items[end]?.top ?? Infinity) <= to) end += 1
  return items.slice(low, end)
}
