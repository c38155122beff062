import type { Reader, Writer } from '../database/index.ts'

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

/** Puts objects at the end of an ordered container, in the order given. Those already in it keep their place. */
export async function linkContained(
  tx: Writer,
  userId: string,
  container: { readonly id: string; readonly type: string },
  contained: { readonly ids: readonly string[]; readonly type: string },
): Promise<number> {
  if (contained.ids.length === 0) return 0
  return tx.execute(
    `insert into core.links (user_id, from_object_id, from_object_type, to_object_id, to_object_type, link_type, sort_order)
     select $1, $2, $3, item.id, $5, 'contains',
            coalesce((select max(sort_order) from core.links
                      where from_object_id = $2 and link_type = 'contains' and deleted_at is null), 0) + item.place
     from unnest($4::uuid[]) with ordinality as item(id, place)
     on conflict do nothing`,
    [userId, container.id, container.type, contained.ids, contained.type],
  )
}
