import type { AnyObject, LinkedObject } from '../../contract/index.ts'
import type { Reader, Writer } from '../database/index.ts'
import type { Values } from './fields.ts'
import { namesOf, typeOf } from './read.ts'
import { objectColumns, objectOf, tables } from './types.ts'
import { createObject } from './write.ts'
import { badFields } from './fields.ts'

export interface LinkSeen {
  readonly id: string
  readonly linkType: string
  readonly direction: 'from' | 'to'
  readonly otherId: string
  readonly otherType: string
}

/** Every live link of an object, read from both ends. `direction` says on which end of the link the object stands. */
export async function linksOf(tx: Reader, objectId: string): Promise<LinkSeen[]> {
  return tx.query<LinkSeen>(
    `select id, link_type as "linkType", 'from' as direction, to_object_id as "otherId", to_object_type as "otherType"
       from core.links where from_object_id = $1 and deleted_at is null
     union all
     select id, link_type, 'to', from_object_id, from_object_type
       from core.links where to_object_id = $1 and deleted_at is null
     order by 2, 1`,
    [objectId],
  )
}

/**
 * Links two objects of one person. In an ordered kind the link goes to the end unless a place is given. Throws `bad-request`
 * naming the end that is not there, and `conflict` when the two are linked so already.
 */
export async function createLink(tx: Writer, userId: string, input: Values): Promise<AnyObject> {
  for (const end of ['from', 'to']) {
    const [id, type] = [input[`${end}_object_id`], input[`${end}_object_type`]]
    if (typeof id !== 'string' || typeof type !== 'string' || !/^[0-9a-f-]{36}$/i.test(id)) continue
    if ((await typeOf(tx, userId, id)) !== type || type === 'link') {
      throw badFields([
        { field: `${end}_object_id`, message: `does not name any ${type.replaceAll('_', ' ')} of yours` },
      ])
    }
  }
  const kind = await tx.one<{ ordered: boolean }>(`select ordered from core.link_types where name = $1`, [
    input['link_type'],
  ])
  const from = input['from_object_id']
  const isPlaced = input['sort_order'] !== undefined && input['sort_order'] !== null
  const inner: Record<string, unknown> = {
    source_type: input['source_type'] ?? null,
    metadata: { created_by: 'user', ...(typeof input['metadata'] === 'object' ? input['metadata'] : {}) },
  }
  if (kind?.ordered === true && typeof from === 'string' && !isPlaced) {
    await holdOrder(tx, from)
    const last = await tx.one<{ place: number }>(
      `select coalesce(max(sort_order), 0) + ${step} as place from core.links
       where from_object_id = $1 and link_type = $2 and deleted_at is null`,
      [from, input['link_type']],
    )
    inner['sort_order'] = last?.place
  }
  return createObject(tx, userId, 'link', input, inner)
}

/** Every live link of an object read from its own end, with what stands at the other. */
export async function linkedObjects(
  tx: Reader,
  userId: string,
  objectId: string,
  linkType?: string,
): Promise<LinkedObject[]> {
  const rows = await tx.query<Record<string, unknown> & { inverse: string; symmetric: boolean }>(
    `select ${objectColumns('link')}, t.inverse_label as inverse, t.is_symmetric as symmetric
     from ${tables.link} o join core.link_types t on t.name = o.link_type
     where o.user_id = $2 and o.deleted_at is null and $1 in (o.from_object_id, o.to_object_id)
       and ($3::text is null or o.link_type = $3)
     order by o.link_type, o.sort_order nulls last, o.id limit 10000`,
    [objectId, userId, linkType ?? null],
  )
  const seen = rows.map(({ inverse, symmetric, ...row }) => {
    const link = objectOf('link', row)
    const isFrom = link['from_object_id'] === objectId
    const side = isFrom ? 'to' : 'from'
    const isBoth = symmetric || link['is_bidirectional'] === true
    return {
      link,
      direction: isBoth ? ('both' as const) : isFrom ? ('from' as const) : ('to' as const),
      label: isFrom || symmetric ? String(link['link_type']).replaceAll('_', ' ') : inverse,
      other: { type: String(link[`${side}_object_type`]), id: String(link[`${side}_object_id`]) },
    }
  })
  const names = await namesOf(
    tx,
    userId,
    seen.map((each) => each.other),
  )
  return seen.map((each) => ({
    ...each,
    other: {
      ...each.other,
      title: names.get(each.other.id)?.title ?? null,
      deleted_at: names.get(each.other.id)?.deletedAt ?? null,
    },
  }))
}

/** Two that append to one container at the same time must not get one place: the second waits for the first. */
async function holdOrder(tx: Writer, containerId: string): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock(hashtextextended($1, 0))`, [containerId])
}

export interface Container {
  readonly id: string
  readonly type: string
}

/** Places in a container are this far apart, so that moving an item rarely touches its neighbours. */
const step = 1024

/** Puts objects at the end of an ordered container, in the order given. Those already in it keep their place. */
export async function linkContained(
  tx: Writer,
  userId: string,
  container: Container,
  contained: { readonly ids: readonly string[]; readonly type: string },
): Promise<number> {
  if (contained.ids.length === 0) return 0
  await holdOrder(tx, container.id)
  return tx.execute(
    `insert into core.links (user_id, from_object_id, from_object_type, to_object_id, to_object_type, link_type, sort_order)
     select $1, $2, $3, item.id, $5, 'contains',
            coalesce((select max(sort_order) from core.links
                      where from_object_id = $2 and link_type = 'contains' and deleted_at is null), 0) + item.place * ${step}
     from unnest($4::uuid[]) with ordinality as item(id, place)
     on conflict do nothing`,
    [userId, container.id, container.type, contained.ids, contained.type],
  )
}

/** Takes objects out of a container and returns how many were in it. The objects themselves stay as they are. */
export async function unlinkContained(tx: Writer, containerId: string, ids: readonly string[]): Promise<number> {
  return tx.execute(
    `delete from core.links where from_object_id = $1 and link_type = 'contains' and to_object_id = any($2::uuid[])`,
    [containerId, ids],
  )
}

/**
 * Moves objects of a container, in the order given, before another of them, or to the end when `before` is null or not
 * in it. A move says where things go relative to a neighbour, so two windows that move different things both get
 * what they asked for. Ids that are not in the container are passed over.
 */
export async function moveContained(
  tx: Writer,
  containerId: string,
  ids: readonly string[],
  before: string | null,
): Promise<void> {
  const row = await tx.one<{ packed: string | null }>(
    `select json_agg(json_build_array(to_object_id, coalesce(sort_order, 0)) order by sort_order nulls last, id)::text as packed
     from (select * from core.links where from_object_id = $1 and link_type = 'contains' and deleted_at is null
           for update) item`,
    [containerId],
  )
  const all = (JSON.parse(row?.packed ?? '[]') as [string, number][]).map(([id, place]) => ({ id, place }))
  const present = new Set(all.map((each) => each.id))
  const moved = [...new Set(ids)].filter((id) => present.has(id) && id !== before)
  const moving = new Set(moved)
  const rest = all.filter((each) => !moving.has(each.id))
  const found = rest.findIndex((each) => each.id === before)
  const at = found === -1 ? rest.length : found
  const low = rest[at - 1]?.place ?? 0
  const high = rest[at]?.place ?? low + (moved.length + 1) * step
  const gap = Math.floor((high - low) / (moved.length + 1))
  const places =
    gap >= 1
      ? moved.map((id, index) => ({ id, place: low + (index + 1) * gap }))
      : [...rest.slice(0, at).map((each) => each.id), ...moved, ...rest.slice(at).map((each) => each.id)].map(
          (id, index) => ({ id, place: (index + 1) * step }),
        )
  await tx.execute(
    `update core.links l set sort_order = p.place
     from jsonb_to_recordset($2::jsonb) as p(id uuid, place integer)
     where l.from_object_id = $1 and l.link_type = 'contains' and l.deleted_at is null and l.to_object_id = p.id`,
    [containerId, JSON.stringify(places)],
  )
}
