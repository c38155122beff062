import { objectTypes, offeredTypeNames, type ObjectTypeName } from '../../main/contract/index.ts'
import { fieldsOf, tables } from '../../main/engine/objects/index.ts'
import type { TestVault } from '../support/engine.ts'

/** The types whose objects are lines of the common form in an export. */
export const plainTypes: readonly ObjectTypeName[] = offeredTypeNames.filter(
  (type) => !['media', 'album', 'tag', 'link'].includes(type),
)

type Values = Readonly<Record<string, unknown>>
const body = 'Zoë & <Łukasz>\n2 lines ]]> \u2028 "quoted" \\ 😀'
const at = '2024-06-15T16:30:00.123456+00:00'

/** Every field of every type, set. `ids` are those of the objects of the same round by their type. */
function samples(ids: Readonly<Record<string, string>>, round: number): Partial<Record<ObjectTypeName, Values>> {
  return {
    integration: {
      platform: 'bluesky',
      platform_user_id: `did:${round}`,
      username: 'ann',
      display_name: 'Ann “A”',
      avatar_url: 'https://x.org/a.png',
      profile_url: 'https://x.org/ann',
      status: 'connected',
      is_enabled: false,
      auth_kind: 'app_password',
      token_expires_at: at,
      scope: 'read write',
      webhook_subscribed: false,
      webhook_subscription_id: null,
      last_sync_at: at,
      last_sync_status: 'partial',
      next_sync_at: at,
      sync_cursor: 'c'.repeat(5000),
      items_synced: 42,
      error_message: 'The service was away.',
      error_count: 3,
    },
    profile_attribute: {
      category: 'work',
      key: `Title ${round}`,
      value: { a: [1, null, 'x'] },
      visibility: 'unlisted',
    },
    post: {
      utc_offset_minutes: 120,
      account_id: ids['integration'],
      platform: 'bluesky',
      platform_post_id: `at://${round}`,
      content_type: 'reply',
      text_content: body,
      html_content: '<p>Hello</p>',
      url: 'https://x.org/p/1',
      in_reply_to: 'at://0',
      thread_root: 'at://00',
      author_handle: '@ann',
      activity_type: 'Run',
      created_at_platform: at,
      updated_at_platform: at,
      published: false,
      deleted_on_platform: true,
      engagement: { likes: 3 },
    },
    social_account: {
      platform: 'x',
      platform_user_id: `u${round}`,
      handle: 'zoe',
      display_name: 'Zoë',
      bio: body,
      followers: 12,
      following: 7,
      is_self: true,
      account_id: ids['integration'],
    },
    email: {
      utc_offset_minutes: 120,
      thread_id: 't',
      message_id: '<m@x.org>',
      folder: 'Inbox/Łódź',
      subject: 'Hello',
      from_address: 'z@x.org',
      to_addresses: ['a@x.org', { name: 'B', address: 'b@x.org' }],
      cc_addresses: ['c@x.org'],
      bcc_addresses: ['d@x.org'],
      sent_at: at,
      received_at: at,
      body_text: body,
      body_html: '<b>x</b>',
      is_read: true,
    },
    message: {
      utc_offset_minutes: 120,
      conversation_id: 'c',
      channel: 'sms',
      sender: 'Zoë',
      body,
      sent_at: at,
      direction: 'out',
    },
    contact: {
      display_name: 'Zoë',
      given_name: 'Z',
      family_name: 'Ë',
      organisation: 'X',
      emails: [{ value: 'z@x.org' }],
      phones: ['+43 1'],
      addresses: [{ city: 'Wien' }],
      birthday: '1972-02-29',
      note: body,
      photo_media_id: ids['media'],
    },
    web_page: {
      utc_offset_minutes: 120,
      url: 'https://x.org/a',
      canonical_url: 'https://x.org/',
      title: 'Bees',
      author: 'B',
      excerpt: 'e',
      content_text: body,
      archived_media_id: ids['media'],
      saved_at: at,
    },
    bookmark: {
      happened_at: at,
      edited_at: at,
      utc_offset_minutes: 120,
      date_precision: 'day',
      url: 'https://x.org/b',
      title: 'Maps',
      description: body,
      folder: 'a/b',
      web_page_id: ids['web_page'],
      visited_at: at,
    },
    calendar_event: {
      uid: 'uid',
      title: 'Concert',
      description: body,
      location_text: 'Wien',
      starts_at: at,
      ends_at: at,
      all_day: true,
      tz: 'Europe/Vienna',
      rrule: 'FREQ=DAILY',
      attendees: ['a'],
      status: 'tentative',
    },
    task: {
      happened_at: at,
      edited_at: at,
      utc_offset_minutes: 120,
      date_precision: 'day',
      parent_task_id: ids['parent'] ?? null,
      title: 'Water the ferns',
      notes: body,
      status: 'in_progress',
      priority: 7,
      due_at: at,
      completed_at: at,
      position: 1.5,
    },
    note: {
      happened_at: at,
      edited_at: at,
      utc_offset_minutes: 120,
      date_precision: 'day',
      title: 'Recipe',
      body,
      format: 'html',
      pinned: true,
    },
    document: {
      happened_at: at,
      edited_at: at,
      utc_offset_minutes: 120,
      date_precision: 'day',
      title: 'Passport',
      doc_type: 'passport',
      media_id: ids['media'],
      issued_at: '2020-01-01',
      expires_at: '2030-01-01',
      issuer: 'AT',
      content_text: body,
    },
    transaction: {
      utc_offset_minutes: 120,
      date_precision: 'day',
      account_name: 'Giro',
      occurred_at: at,
      amount: 12.34,
      currency: 'EUR',
      direction: 'out',
      counterparty: 'Shop',
      category: 'Food',
      memo: body,
      receipt_media_id: ids['media'],
    },
    location: {
      utc_offset_minutes: 120,
      latitude: 34.0195,
      longitude: -118.4912,
      accuracy_m: 3.5,
      altitude_m: -1.25,
      recorded_at: at,
      ended_at: at,
      place_name: 'Santa Monica',
      activity: 'walk',
    },
    health_record: {
      utc_offset_minutes: 120,
      date_precision: 'day',
      record_type: 'heart_rate',
      recorded_at: at,
      value: 61.5,
      unit: 'bpm',
      code: '8867-4',
      payload: { rr: [1, 2] },
      provider: 'X',
      document_id: ids['document'],
    },
  }
}

/**
 * Makes objects of each type with every field set, live in two rounds and trashed in a third, where later rounds came through
 * the connection of the first; each is linked to the item. Returns the ids, round by round.
 */
export async function fillVault(vault: TestVault, mediaId: string): Promise<Readonly<Record<string, string>>[]> {
  const { database } = vault.engine.vault()
  const rounds: Record<string, string>[] = []
  await database.asService(async (tx) => {
    const user = await tx.one<{ id: string }>(`select id from core.users where username = 'ann'`)
    const userId = user?.id ?? ''
    for (const round of [0, 1, 2]) {
      const ids: Record<string, string> = { media: mediaId }
      const before = rounds.at(-1)
      if (before?.['task'] !== undefined) ids['parent'] = before['task']
      for (const type of inOrder) {
        const own = samples(ids, round)[type]
        const missing = Object.keys(objectTypes[type].fields).filter((name) => !(name in (own ?? {})))
        if (missing.length > 0) throw new Error(`the sample of a ${type} lacks ${missing.join(', ')}`)
        const row = {
          ...own,
          user_id: userId,
          source_type: 'sync',
          source_id: `s${round}`,
          source_platform: 'bluesky',
          source_integration_id: before?.['integration'] ?? null,
          created_at: '2023-01-02T03:04:05.678901+00:00',
          updated_at: '2023-02-03T04:05:06.789012+00:00',
          deleted_at: round === 2 ? '2026-11-04T05:06:07.890123+00:00' : null,
          metadata: { custom: { [type]: round } },
        }
        const names = Object.keys(row).join(', ')
        const made = await tx.one<{ id: string }>(
          `insert into ${tables[type]} (${names}) select ${names}
           from jsonb_populate_record(null::${tables[type]}, $1::jsonb) returning id`,
          [JSON.stringify(row)],
        )
        ids[type] = made?.id ?? ''
        await tx.execute(
          `insert into core.links (user_id, from_object_id, from_object_type, to_object_id, to_object_type, link_type,
             strength, sort_order, deleted_at, metadata)
           values ($1, $2, $3, $4, 'media', 'related_to', 0.25, 3, $5, '{"custom":{"why":"x"}}')`,
          [userId, ids[type], type, mediaId, row.deleted_at],
        )
      }
      rounds.push(ids)
    }
  })
  return rounds
}

/** Each after those that it refers to. */
const inOrder: readonly ObjectTypeName[] = plainTypes.toSorted((left, right) => rank(left) - rank(right))
function rank(type: ObjectTypeName): number {
  return type === 'integration' ? 0 : ['web_page', 'document'].includes(type) ? 1 : 2
}

/** All objects of all types with what they refer to in words, and every link, without what differs from vault to vault. */
export async function objectsOf(vault: TestVault): Promise<Readonly<Record<string, unknown[]>>> {
  const { database } = vault.engine.vault()
  return database.asService(async (tx) => {
    const found: Record<string, unknown[]> = {}
    const name = new Map<string, string>()
    const media = await tx.query<{ id: string; hash: string }>(`select id, hash from vault.media`)
    for (const { id, hash } of media) name.set(id, hash)
    const rowsOf = new Map<ObjectTypeName, Record<string, unknown>[]>()
    for (const type of plainTypes) {
      const columns = ['id', ...Object.keys(fieldsOf(type))].map((column) => `o.${column}`).join(', ')
      const row = await tx.one<{ all: string | null }>(
        `select json_agg(x)::text as all from (select ${columns} from ${tables[type]} o) x`,
      )
      const rows = JSON.parse(row?.all ?? '[]') as Record<string, unknown>[]
      rowsOf.set(type, rows)
      for (const each of rows)
        name.set(String(each['id']), `${type} ${JSON.stringify((each['metadata'] as Values)['custom'])}`)
    }
    for (const [type, rows] of rowsOf) {
      found[type] = rows
        .map(({ id: _id, metadata, ...rest }) => {
          const { importedFrom: _from, ...others } = metadata as Record<string, unknown>
          const values = Object.entries(rest).map(([field, value]) => [
            field,
            fieldsOf(type)[field]?.refersTo !== undefined && typeof value === 'string' ? name.get(value) : value,
          ])
          return { ...Object.fromEntries(values), metadata: others }
        })
        .toSorted(byText)
    }
    const links = await tx.query<Record<string, unknown>>(
      `select from_object_id as "from", to_object_id as "to", link_type, strength, is_bidirectional, sort_order,
         created_at, deleted_at, metadata from core.links where metadata ? 'custom'`,
    )
    found['link'] = links
      .map(({ from, to, ...rest }) => ({
        ...rest,
        ends: [name.get(String(from)), name.get(String(to))].toSorted(),
      }))
      .toSorted(byText)
    return found
  })
}

function byText(left: unknown, right: unknown): number {
  return JSON.stringify(left) < JSON.stringify(right) ? -1 : 1
}
