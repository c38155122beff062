import { z } from 'zod'
import { isWebAddress } from '../html.ts'
import { isPlace } from '../meta/parts.ts'
import { maybe, present, textOf } from '../shape.ts'

const inner = z.object({ label: maybe(z.string()), value: maybe(z.string()) })
const labelSchema = z.object({
  label: maybe(z.string()),
  ent_field_name: maybe(z.string()),
  value: maybe(z.string()),
  dict: maybe(z.array(z.unknown())),
  media: maybe(z.array(z.unknown())),
  title: maybe(z.string()),
})
const mostNested = 4

/** What a record says that is a list of labels with values. */
export interface Labelled {
  readonly text: string | null
  readonly links: readonly { readonly url: string; readonly name: null }[]
  readonly place: Readonly<Record<string, unknown>> | null
  readonly media: readonly unknown[]
  /** What else there is, in the account's language. */
  readonly details: readonly object[]
}

/** Names of the label that a post's own words have. Others are read by what their values look like. */
const ofText =
  /^(?:message|text|post|content|caption|description|nachricht|beitrag|mensaje|mensagem|messaggio|bericht)$/i

/** Sorts values by their looks, since labels follow the language of the account. */
export function labelled(values: readonly unknown[]): Labelled {
  let text: string | null = null
  let place: Labelled['place'] = null
  const links: { url: string; name: null }[] = []
  const media: unknown[] = []
  const details: object[] = []
  for (const each of values) {
    const parsed = labelSchema.safeParse(each)
    if (!parsed.success) continue
    const { label, ent_field_name, value, dict, title } = parsed.data
    const nested = partsIn(dict)
    media.push(...(parsed.data.media ?? []))
    const coordinate = nested.find((part) => coordinatesOf(part.value) !== null)
    if (coordinate) {
      place = { name: nested.find((part) => part !== coordinate)?.value ?? title, coordinate: coordinate.value }
    } else if (text === null && ofText.test(ent_field_name ?? label ?? '') && textOf(value)) text = value ?? null
    else if (value && isWebAddress(value)) links.push({ url: value, name: null })
    else if (textOf(value) || nested.length > 0)
      details.push(present({ label: label ?? title, value, parts: nested.map((part) => present(part)) }))
  }
  return { text, links, place, media, details }
}

/** Labels inside of a label; some lie in lists of their own, one or more levels deeper. */
function partsIn(dict: readonly unknown[] | null | undefined, depth = 0): z.infer<typeof inner>[] {
  return (dict ?? []).flatMap((part) => {
    const deeper = labelSchema.safeParse(part).data?.dict
    return deeper && depth < mostNested ? partsIn(deeper, depth + 1) : (inner.safeParse(part).data ?? [])
  })
}

/** A place of a post: its name, and where it is, as numbers or as `(38.57 , -121.48)`. */
export function placeOf(found: Readonly<Record<string, unknown>> | null | undefined): object | null {
  if (!found) return null
  const { name, address, url, coordinate } = found
  const place = present({
    name: textOf(name),
    address: textOf(address),
    url: textOf(url),
    ...coordinatesOf(coordinate),
  })
  return Object.keys(place).length === 0 ? null : place
}

const pair = z.object({ latitude: z.number(), longitude: z.number() })

function coordinatesOf(value: unknown): { latitude: number; longitude: number } | null {
  const [, north, east] =
    (typeof value === 'string' && /^\((-?\d{1,3}(?:\.\d{1,20})?) ?, ?(-?\d{1,3}(?:\.\d{1,20})?)\)$/.exec(value)) || []
  const parsed = pair.safeParse(north === undefined ? value : { latitude: Number(north), longitude: Number(east) })
  return parsed.success && isPlace(parsed.data.latitude, parsed.data.longitude) ? parsed.data : null
}
