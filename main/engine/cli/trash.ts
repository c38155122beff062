import type { z } from 'zod'
import {
  objectEndpoints,
  offeredTypeNames,
  trashEndpoints,
  type TrashedObjects,
  type TrashPage,
} from '../../contract/index.ts'
import { CofferError } from '../base/errors.ts'
import type { Client } from './client.ts'
import { exitCodes, plural, table, type Output } from './output.ts'

/** `coffer trash list`: photos and everything else, with the day each is deleted permanently. */
export async function trashList(client: Client, output: Output): Promise<number> {
  const items: { id: string; type: string; title: string | null; deletedAt: string; purgeAt: string }[] = []
  for (let next: string | null = ''; next !== null;) {
    const query = { limit: 2000, ...(next !== '' && { cursor: next }) }
    const page: TrashPage = await client.call(trashEndpoints.list, { query })
    for (const { id, filename: title, deletedAt, purgeAt } of page.items) {
      items.push({ id, type: 'media', title, deletedAt, purgeAt })
    }
    next = page.next
  }
  for (let next: string | null = ''; next !== null;) {
    const query = { limit: 500, ...(next !== '' && { cursor: next }) }
    const page: TrashedObjects = await client.call(trashEndpoints.objects, { query })
    items.push(...page.items)
    next = page.next
  }
  output.answer(items, [
    ...table(items.map(({ type, title, purgeAt, id }) => [type, title ?? '', `until ${purgeAt.slice(0, 10)}`, id])),
    plural(items.length, 'thing in the trash.', 'things in the trash.'),
  ])
  return exitCodes.done
}

/** `coffer trash restore ID…`: takes things of any type out of the trash. Exit code 3 when some of them stay there. */
export async function trashRestore(client: Client, ids: readonly string[], output: Output): Promise<number> {
  const media: string[] = []
  const items: z.infer<typeof trashEndpoints.restoreObjects.body>['items'] = []
  for (const id of ids) {
    const object = await client.call(objectEndpoints.read, { params: { id } })
    const type = offeredTypeNames.find((name) => name === object.type)
    if (type === undefined) throw new CofferError(`“${id}” cannot be restored.`, { code: 'bad-request' })
    if (type === 'media') media.push(id)
    else items.push({ type, id })
  }
  let changed = 0
  if (media.length > 0) changed += (await client.call(trashEndpoints.restore, { body: { ids: media } })).changed
  if (items.length > 0) changed += (await client.call(trashEndpoints.restoreObjects, { body: { items } })).changed
  const left = ids.length - changed
  output.answer({ changed }, [
    `${plural(changed, 'thing is', 'things are')} back.`,
    ...(left > 0 ? [`${left} stayed: not in the trash, or one like it already exists.`] : []),
  ])
  return left > 0 ? exitCodes.someFailed : exitCodes.done
}

/** `coffer trash empty --yes`: deletes everything in the trash for good. Throws `wrong-usage` without the word. */
export async function trashEmpty(client: Client, options: { readonly yes?: boolean }, output: Output): Promise<number> {
  if (options.yes !== true) {
    throw new CofferError('Everything in the trash would be deleted permanently. Add --yes to do it.', {
      code: 'wrong-usage',
    })
  }
  const { changed } = await client.call(trashEndpoints.empty, {})
  output.answer({ changed }, [`${plural(changed, 'thing was', 'things were')} deleted permanently.`])
  return exitCodes.done
}
