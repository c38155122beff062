/** What is being typed in its place and not saved yet; each saves itself when it is called. */
const drafts = new Set<() => Promise<void>>()

/** Lets a draft be saved when this page is left; returns the way to take it back. */
export function keepDraft(save: () => Promise<void>): () => void {
  drafts.add(save)
  return () => drafts.delete(save)
}

/** Saves whatever is being typed, before the page goes. What cannot be saved now holds nothing up. */
export async function saveDrafts(): Promise<void> {
  await Promise.allSettled([...drafts].map((save) => save()))
}

addEventListener('pagehide', () => void saveDrafts())
