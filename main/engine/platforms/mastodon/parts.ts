import { z } from 'zod'
import { blankMedia, type MediaDraft } from '../draft.ts'
import { escapedLines } from '../html.ts'
import { textOfHtml } from '../html-text.ts'
import { textOf } from '../shape.ts'

/** Text and HTML of a post, with the warning that stands before it. */
export function wordsOf(content: unknown, warning: unknown): { text: string | null; html: string | null } {
  const above = textOf(warning)
  const html = typeof content === 'string' ? content : ''
  const text = textOfHtml(html)
  return {
    text: textOf([above ?? '', text].filter((part) => part !== '').join('\n\n')),
    html: textOf((above === null ? '' : `<p>${escapedLines(above)}</p>`) + html),
  }
}

const files = /media_attachments\/files\/((?:\d{3}\/){1,8})original\//

/** What a medium is called for good: by the server's id, which is also in the path of its file. */
export function keyOfPath(path: string): string {
  const [, digits] = files.exec(path) ?? []
  return digits === undefined ? `archive:${path}` : `mastodon:${digits.replaceAll('/', '').replace(/^0+/, '')}`
}

/** Kind of a medium by its MIME type; null for what is none. */
export function kindOfType(mimeType: string): MediaDraft['kind'] | null {
  if (mimeType.startsWith('image/')) return 'photo'
  if (mimeType.startsWith('video/')) return 'video'
  return mimeType.startsWith('audio/') ? 'audio' : null
}

export const attachment = z.object({
  mediaType: z.string(),
  url: z.string().min(1),
  name: z.string().nullish().catch(null),
})

/** A medium of an archive: its address there is a path from the top, or one of the web where the server kept it elsewhere. */
export function mediaOf(data: unknown): MediaDraft | null {
  const parsed = attachment.safeParse(data)
  const kind = parsed.success ? kindOfType(parsed.data.mediaType) : null
  if (!parsed.success || kind === null) return null
  const { mediaType, url, name } = parsed.data
  const isAway = /^https?:\/\//.test(url)
  const path = (url.split('?')[0] ?? '').replace(/^\/{1,2}/, '')
  return {
    ...blankMedia(keyOfPath(path), kind),
    url: isAway ? url : null,
    path: isAway ? null : path,
    alt: textOf(name),
    mimeType: mediaType,
  }
}

/** Figures that are there, by their common names. */
export function figures(counts: Readonly<Record<string, unknown>>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(counts).filter((entry): entry is [string, number] => typeof entry[1] === 'number' && entry[1] >= 0),
  )
}
