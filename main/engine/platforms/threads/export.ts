import { z } from 'zod'
import { BadPayload, blankPost, type Format } from '../draft.ts'
import { escapedLines } from '../html.ts'
import { firstInstant, instantOfSeconds } from '../instants.ts'
import { mended } from '../meta/mojibake.ts'
import { fingerprint, lastingName, metaMediaOf, metaMedium } from '../meta/parts.ts'
import { maybe, present, shaped, textOf } from '../shape.ts'

/** A post without a picture is a medium without an address. */
const part = metaMedium.extend({
  uri: z.string(),
  text_app_post: maybe(z.object({ is_reply: maybe(z.boolean()), reply_control: maybe(z.string()) })),
})
const payload = z.object({
  record: z.looseObject({
    title: maybe(z.string()),
    creation_timestamp: maybe(z.number()),
    media: z.union([z.array(z.unknown()), z.record(z.string(), z.unknown())]),
  }),
})

/** A post or reply of an export, `{record}`. What it answers is not told. */
export const threadsExport: Format = {
  platform: 'threads',
  normalise(data) {
    const { record } = shaped(payload, mended(data))
    const parts = [record.media].flat().flatMap((each) => part.safeParse(each).data ?? [])
    const media = parts.filter(({ uri }) => uri !== '')
    const seconds = record.creation_timestamp ?? parts[0]?.creation_timestamp ?? null
    const text = textOf(record.title) ?? parts.map(({ title }) => textOf(title)).find((each) => each !== null) ?? null
    if (text === null && media.length === 0) throw new BadPayload('a post without anything in it')
    const names = media.map(({ uri }) => lastingName(uri))
    const app = parts.map(({ text_app_post }) => text_app_post).find((each) => each)
    return {
      ...blankPost(
        fingerprint([seconds, ...(names.length > 0 ? names : [text])]),
        firstInstant(instantOfSeconds(seconds)),
      ),
      type: app?.is_reply === true ? 'reply' : 'post',
      text,
      html: text && `<p>${escapedLines(text)}</p>`,
      media: media.map((each) => metaMediaOf(each, null)),
      metadata: {
        threads: present({
          replyControl: app?.reply_control,
          crossPostedFrom: [...new Set(parts.flatMap((each) => textOf(each.cross_post_source?.source_app) ?? []))],
        }),
      },
    }
  },
}
