import { z } from 'zod'
import { escapedLines, link } from '../html.ts'

const facet = z.object({
  index: z.object({ byteStart: z.number().int().nonnegative(), byteEnd: z.number().int().nonnegative() }),
  features: z.array(z.record(z.string(), z.unknown())),
})

/** A post's text with its links, mentions and tags. They say where they are in bytes of UTF-8. */
export function htmlOf(text: string, facets: readonly unknown[]): string {
  const bytes = Buffer.from(text)
  const marks = facets
    .flatMap((each) => {
      const parsed = facet.safeParse(each)
      const address = parsed.success ? addressOf(parsed.data.features) : null
      return parsed.success && address !== null ? [{ ...parsed.data.index, address }] : []
    })
    .filter(({ byteStart, byteEnd }) => isCut(bytes, byteStart) && isCut(bytes, byteEnd) && byteStart < byteEnd)
    .toSorted((a, b) => a.byteStart - b.byteStart)
  let html = ''
  let at = 0
  for (const { byteStart, byteEnd, address } of marks) {
    // What overlaps what came before is left out.
    if (byteStart < at) continue
    html +=
      escapedLines(bytes.toString('utf8', at, byteStart)) + link(address, bytes.toString('utf8', byteStart, byteEnd))
    at = byteEnd
  }
  return `<p>${html}${escapedLines(bytes.toString('utf8', at))}</p>`
}

/** Whether a character starts there, or the text ends. */
function isCut(bytes: Buffer, at: number): boolean {
  return at === bytes.length || (at < bytes.length && ((bytes[at] ?? 0) & 0xc0) !== 0x80)
}

function addressOf(features: readonly Readonly<Record<string, unknown>>[]): string | null {
  for (const { $type, uri, did, tag } of features) {
    if ($type === 'app.bsky.richtext.facet#link' && typeof uri === 'string') return uri
    if ($type === 'app.bsky.richtext.facet#mention' && typeof did === 'string') return `https://bsky.app/profile/${did}`
    if ($type === 'app.bsky.richtext.facet#tag' && typeof tag === 'string')
      return `https://bsky.app/hashtag/${encodeURIComponent(tag.toWellFormed())}`
  }
  return null
}
