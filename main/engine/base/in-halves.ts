/**
 * Stores items together. What fails is halved until each item that cannot be stored stands alone and is given to `onAlone`,
 * so that one bad item costs one. `store` must be all or nothing. Throws an error that is not of the items.
 */
export async function storeInHalves<T>(
  items: readonly T[],
  how: {
    readonly store: (items: readonly T[]) => Promise<void>
    readonly isOfItems: (error: unknown) => boolean
    readonly onAlone: (item: T, error: unknown) => Promise<void> | void
  },
): Promise<void> {
  try {
    await how.store(items)
  } catch (error) {
    const [first, ...others] = items
    if (first === undefined || !how.isOfItems(error)) throw error
    if (others.length === 0) return await how.onAlone(first, error)
    const middle = Math.ceil(items.length / 2)
    await storeInHalves(items.slice(0, middle), how)
    await storeInHalves(items.slice(middle), how)
  }
}
