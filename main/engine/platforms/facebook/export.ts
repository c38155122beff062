import { z } from 'zod'
import { BadPayload, blankPost, type Format } from '../draft.ts'
import { escapedLines, link } from '../html.ts'
import { firstInstant, instantOfSeconds } from '../instants.ts'
import { mended } from '../meta/mojibake.ts'
import { fingerprint, lastingName, metaMediaOf, metaMedium, type MetaMedium } from '../meta/parts.ts'
import { maybe, present, shaped, textOf } from '../shape.ts'
import { labelled, placeOf } from './labels.ts'

const fact = z.looseObject({ post: maybe(z.string()), update_timestamp: maybe(z.number()) })
const address = z.object({ name: maybe(z.string()), url: maybe(z.string()) })
const attached = z.looseObject({
  media: maybe(metaMedium),
  external_context: maybe(address),
  place: maybe(z.record(z.string(), z.unknown())),
  text: maybe(z.string()),
})
const record = z.looseObject({
  timestamp: z.number(),
  fbid: maybe(z.union([z.string(), z.number().int()]).transform(String)),
  title: maybe(z.string()),
  data: maybe(z.array(fact)),
  attachments: maybe(z.array(z.object({ data: maybe(z.array(attached)) }))),
  tags: maybe(z.array(z.object({ name: z.string() }))),
  media: maybe(z.array(z.unknown())),
  label_values: maybe(z.array(z.unknown())),
})
const payload = z.object({ record })

/** A post of an export, `{record}`, in the shape of fields or in the newer one of labels. Who could see it is not told. */
export const facebookExport: Format = {
  platform: 'facebook',
  normalise(data) {
    const { record: found } = shaped(payload, mended(data))
    const parts = (found.attachments ?? []).flatMap((each) => each.data ?? [])
    const labels = labelled(found.label_values ?? [])
    const media = distinct([
      ...parts.flatMap(({ media }) => media ?? []),
      ...[...(found.media ?? []), ...labels.media].flatMap((each) => metaMedium.safeParse(each).data ?? []),
    ])
    const facts = found.data ?? []
    const written = facts.map(({ post }) => textOf(post)).find((each) => each !== null) ?? labels.text
    const beside = parts.map((each) => textOf(each.text)).find((each) => each !== null) ?? null
    const text = written ?? beside ?? (media.length === 1 ? textOf(media[0]?.description) : null)
    const links = [...parts.flatMap(({ external_context: each }) => each ?? []), ...labels.links]
    const place = placeOf(parts.map((each) => each.place).find((each) => each) ?? labels.place)
    if (!text && media.length === 0 && links.length === 0 && !place && !found.title && labels.details.length === 0)
      throw new BadPayload('a post without anything in it')
    return {
      ...blankPost(
        found.fbid ?? fingerprintOf(found.timestamp, media, links, text),
        firstInstant(instantOfSeconds(found.timestamp)),
      ),
      text,
      html: textOf(
        [
          ...(text ? [`<p>${escapedLines(text)}</p>`] : []),
          ...links.flatMap(({ url, name }) => (url ? [`<p>${link(url, name || url)}</p>`] : [])),
        ].join(''),
      ),
      updatedAt: facts.map((each) => instantOfSeconds(each.update_timestamp)).find((each) => each !== null) ?? null,
      isPublic: false,
      media: media.map((each) => metaMediaOf(each, each.description === text ? null : textOf(each.description))),
      metadata: {
        facebook: present({
          title: found.title,
          links: links.map((each) => present(each)),
          place,
          tags: found.tags?.map(({ name }) => name),
          details: labels.details,
        }),
      },
    }
  },
}

/** Titles follow the language of the account, and texts are edited: they count only where nothing else tells posts apart. */
function fingerprintOf(
  seconds: number,
  media: readonly MetaMedium[],
  links: readonly z.infer<typeof address>[],
  text: string | null,
): string {
  const names = [...media.map(({ uri }) => lastingName(uri)), ...links.map(({ url }) => url ?? '')]
  return fingerprint([seconds, ...(names.length > 0 ? names : [text])])
}

function distinct(media: readonly MetaMedium[]): MetaMedium[] {
  return [...new Map(media.map((each) => [each.uri, each])).values()]
}
