import { z } from 'zod'
import { BadPayload, blankPost, type Format } from '../draft.ts'
import { escapedLines } from '../html.ts'
import { firstInstant, instantOfSeconds } from '../instants.ts'
import { mended } from '../meta/mojibake.ts'
import { fingerprint, lastingName, type MetaMedium, metaMediaOf, metaMedium } from '../meta/parts.ts'
import { maybe, present, shaped, textOf } from '../shape.ts'

const payload = z.object({
  kind: z.enum(['post', 'story', 'reel']),
  isArchived: maybe(z.boolean()),
  record: z.looseObject({
    title: maybe(z.string()),
    creation_timestamp: maybe(z.number()),
    media: z.unknown().optional(),
  }),
})

/**
 * A post, story or reel of an export, `{kind, record}`. Neither ids nor figures are in it. A post of one medium has its text and
 * time there, one of several has them itself, and a story is a medium.
 */
export const instagramExport: Format = {
  platform: 'instagram',
  normalise(data) {
    const { kind, isArchived, record } = shaped(payload, mended(data))
    const media = mediaIn(record)
    const [only] = media
    if (only === undefined) throw new BadPayload('a post without media')
    const seconds = record.creation_timestamp ?? only.creation_timestamp ?? null
    const text = textOf(record.title) ?? (media.length === 1 ? textOf(only.title) : null)
    const sources = new Set(media.flatMap((each) => textOf(each.cross_post_source?.source_app) ?? []))
    return {
      ...blankPost(fingerprint([lastingName(only.uri), seconds]), firstInstant(instantOfSeconds(seconds))),
      type: kind,
      text,
      html: text && `<p>${escapedLines(text)}</p>`,
      isPublic: isArchived !== true,
      media: media.map((each) => metaMediaOf(each, media.length > 1 ? textOf(each.title) : null)),
      metadata: {
        instagram: present({ crossPostedFrom: [...sources], isArchived: isArchived === true ? true : null }),
      },
    }
  },
}

function mediaIn(record: z.infer<typeof payload>['record']): MetaMedium[] {
  const list = record.media === undefined || record.media === null ? [record] : [record.media].flat()
  return list.flatMap((each) => {
    const parsed = metaMedium.safeParse(each)
    return parsed.success ? [parsed.data] : []
  })
}
