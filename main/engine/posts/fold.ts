import type { PostDraft } from '../platforms/index.ts'

/** One payload of a post, read. */
export interface Reading {
  readonly format: string
  /** Null where the payload says that the post is gone. */
  readonly draft: PostDraft | null
}

/** What several payloads of one post say together. */
export interface Folded {
  readonly draft: PostDraft
  readonly isGone: boolean
}

/**
 * Puts the payloads of one post together: the newest of each shape, in the order they came, and the later one is right. What
 * another shape of payload does not have, such as the likes an export leaves out, takes nothing away. Null where no payload says
 * what the post is.
 */
export function fold(readings: readonly Reading[]): Folded | null {
  const newest = new Map<string, PostDraft>()
  let first: string | null = null
  for (const { format, draft } of readings) {
    if (draft === null) continue
    first ??= draft.id
    newest.delete(format)
    newest.set(format, draft)
  }
  if (first === null) return null
  const draft = [...newest.values()].reduce(joined)
  return { draft: { ...draft, id: first }, isGone: readings.at(-1)?.draft === null }
}

function joined(before: PostDraft, after: PostDraft): PostDraft {
  return {
    ...after,
    text: after.text ?? before.text,
    html: after.text === null ? before.html : after.html,
    url: after.url ?? before.url,
    inReplyTo: after.inReplyTo ?? before.inReplyTo,
    threadRoot: after.threadRoot ?? before.threadRoot,
    author: after.author ?? before.author,
    activityType: after.activityType ?? before.activityType,
    updatedAt: after.updatedAt ?? before.updatedAt,
    utcOffsetMinutes: after.utcOffsetMinutes ?? before.utcOffsetMinutes,
    engagement: { ...before.engagement, ...after.engagement },
    // Another shape names the same pictures otherwise: as long as it has no more of them, those that are known stay.
    media: after.media.length > before.media.length ? after.media : before.media,
    metadata: metadataOf(before.metadata, after.metadata),
  }
}

function metadataOf(before: PostDraft['metadata'], after: PostDraft['metadata']): PostDraft['metadata'] {
  const both = (key: string): unknown => {
    const [one, other] = [before[key], after[key]]
    return typeof one === 'object' && typeof other === 'object' ? { ...one, ...other } : (other ?? one)
  }
  return Object.fromEntries(
    [...new Set([...Object.keys(before), ...Object.keys(after)])].map((key) => [key, both(key)]),
  )
}
