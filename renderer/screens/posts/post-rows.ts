import type { Post } from '../../../main/contract/index.ts'

export type PostRow =
  | { readonly kind: 'day'; readonly key: string; readonly day: string }
  | { readonly kind: 'post'; readonly key: string; readonly post: Post }

/** Posts with a heading before the first of each day on the wall clock. */
export function rowsOf(posts: readonly Post[]): readonly PostRow[] {
  const rows: PostRow[] = []
  let current: string | null = null
  for (const post of posts) {
    const day = post.localAt.slice(0, 10)
    if (day !== current) rows.push({ kind: 'day', key: `day ${day}`, day })
    current = day
    rows.push({ kind: 'post', key: post.id, post })
  }
  return rows
}

/** The heading that stands over a row: its own, or the last before it. */
export function headingOver(rows: readonly PostRow[], index: number): number {
  for (let at = Math.min(index, rows.length - 1); at > 0; at -= 1) if (rows[at]?.kind === 'day') return at
  return 0
}

const lineHeight = 21
const charactersPerLine = 90
const mostLines = 12

/** About how high a row is before it is drawn. */
export function heightOf(row: PostRow | undefined): number {
  if (row?.kind !== 'post') return 44
  const { text, media, engagement } = row.post
  const lines = text === null ? 0 : Math.min(Math.ceil(text.length / charactersPerLine), mostLines)
  const pictures = media.length === 0 ? 0 : media.length === 1 ? 300 : 160
  return 76 + lines * lineHeight + pictures + (Object.keys(engagement).length > 0 ? 24 : 0)
}
