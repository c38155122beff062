import {
  fromWire,
  mediaSchema,
  objectEndpoints,
  offeredTypeNames,
  objectTypes,
  typeEndpoints,
  type AnyObject,
  type Media,
  type ObjectTypeName,
} from '../../contract/index.ts'
import { CofferError } from '../base/errors.ts'
import { englishReason } from '../engine.ts'
import type { Client } from './client.ts'
import { bytesInWords, exitCodes, plural, table, takenInWords, type Output } from './output.ts'

/** `coffer show`: one object of any type. */
export async function show(client: Client, id: string, output: Output): Promise<number> {
  const object = await client.call(objectEndpoints.read, { params: { id } })
  const history = typeEndpoints.get(object.type)?.history
  const links = history ? (await client.call(history.links, { params: { id: object.id } })).items : []
  const media = object.type === 'media' ? mediaSchema.parse(fromWire(mediaSchema, object)) : null
  const lines = media ? ofMedia(media) : ofAny(object)
  const shown = links.map(({ link, direction, label, other }) => ({
    id: link.id,
    linkType: link['link_type'],
    direction,
    label,
    otherId: other.id,
    otherType: other.type,
    otherTitle: other.title,
  }))
  // Programs have read the names of photos in either spelling since the first release.
  output.answer({ ...media, ...object, links: shown }, [
    ...lines,
    ...links.map(({ label, other }) => `${label}: ${other.title ?? other.id} (${inWords(other.type)})`),
    ...(object.deleted_at === null ? [] : ['It is in the trash.']),
  ])
  return exitCodes.done
}

function ofMedia(media: Media): string[] {
  return [
    ...table([
      ['File', media.filename],
      ['Kind', media.mimeType],
      ['Size', bytesInWords(media.sizeBytes)],
      ['Pixels', media.width === null ? 'unknown' : `${media.width} × ${media.height}`],
      ['Taken', media.takenLocal === null ? 'unknown' : `${takenInWords(media)} (${media.takenSource})`],
      ['Camera', [media.camera.make, media.camera.model].filter((part) => part !== null).join(' ') || 'unknown'],
      ['Place', media.latitude === null ? 'unknown' : `${media.latitude}, ${media.longitude}`],
      ['SHA-256', media.hash],
    ]),
    ...media.sources.map((source) => `From ${source.path}`),
    ...(media.processingError === null ? [] : [`! ${englishReason(media.processingError)}`]),
  ]
}

/** What an object says of itself, without what it leaves open. */
function ofAny(object: AnyObject): string[] {
  const names = Object.keys(objectTypes[object.type].fields).filter((name) => isSaid(object[name]))
  return table([
    ['Kind', inWords(object.type)],
    ...names.map((name) => [inWords(name), said(object[name])]),
    ['changed', object.updated_at],
  ])
}

function isSaid(value: unknown): boolean {
  return value !== null && value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0)
}

function said(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.length > 500 ? `${text.slice(0, 500)}…` : text
}

/** `coffer search`: what fits the words, best first. */
export async function search(
  client: Client,
  words: readonly string[],
  options: { readonly type?: readonly string[]; readonly limit?: string },
  output: Output,
): Promise<number> {
  const strange = options.type?.find((type) => !isType(type))
  if (strange !== undefined) {
    throw new CofferError(`There is no type “${strange}”. Types are ${offeredTypeNames.join(', ')}.`, {
      code: 'wrong-usage',
    })
  }
  const { items: results, instead } = await client.call(objectEndpoints.search, {
    query: {
      q: words.join(' '),
      limit: Number(options.limit ?? '50'),
      ...(options.type && { types: options.type.filter(isType) }),
    },
  })
  output.answer(results, [
    ...table(
      results.map((each) => [
        inWords(each.type),
        (each.title ?? '').replaceAll(/\s+/g, ' ').slice(0, 60),
        each.at?.slice(0, 10) ?? '',
        each.id,
      ]),
    ),
    results.length > 0
      ? plural(results.length, 'object.', 'objects.')
      : `Nothing matches these words.${instead === null ? '' : ` Did you mean “${instead}”?`}`,
  ])
  return exitCodes.done
}

function isType(text: string): text is ObjectTypeName {
  return offeredTypeNames.some((name) => name === text)
}

function inWords(name: string): string {
  return name.replaceAll('_', ' ')
}
