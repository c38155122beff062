import { z } from 'zod'
import { pageOf } from './endpoint.ts'
import { idSchema, latitudeSchema, longitudeSchema, mediaTypeSchema, wallTimeSchema } from './media.ts'

/** What a field of an object may hold and what may be done with it. Names are the columns', as the API says them. */
export interface Field {
  readonly schema: z.ZodType
  /** Must be given when an object is made. */
  readonly isRequired?: true
  /** Set when the object is made and never again. */
  readonly isImmutable?: true
  /** Written by Coffer alone. */
  readonly isReadOnly?: true
  /** Lists can be filtered by this value, or by a range with `_from` and `_to`. */
  readonly filter?: 'value' | 'range'
  readonly canSort?: true
  /** Holds the id of an object of this type, of the same person. */
  readonly refersTo?: ObjectTypeName
}

export interface ObjectType {
  /** Plural, as in the address of the API. */
  readonly path: string
  readonly fields: Readonly<Record<string, Field>>
  /** Order of a list nobody ordered; `-` is descending. */
  readonly sort: string
  /** What to call one of them: the first of these fields that says something. */
  readonly title: readonly string[]
  /** Has verbs of its own for making and changing; the common ones read, list, show history and revert. */
  readonly hasOwnVerbs?: true
  /** Has its table and keeps what is in it, and is not offered before something in Coffer does what it says. */
  readonly isDormant?: true
}

const nullable = <T extends z.ZodType>(schema: T) => schema.nullable()
const line = (max: number) => z.string().max(max)
const given = (max: number) => z.string().trim().min(1).max(max)
/** An instant with its offset, `2026-02-03T12:34:56.789Z`. */
const instantSchema = z.iso.datetime({ offset: true })
const daySchema = z.iso.date()
const listSchema = z.array(z.unknown()).max(10_000)
const longText = z.string().max(10_000_000)
const urlSchema = z
  .string()
  .max(8192)
  .regex(/^https?:\/\/\S+$/i, 'must be a web address')
const platformSchema = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,49}$/, 'must be the name of a service, such as instagram')
  .meta({ examples: ['instagram', 'google_photos'] })
const visibilitySchema = z.enum(['private', 'unlisted', 'public'])

const text = (max: number): Field => ({ schema: nullable(line(max)) })
const named = (max: number): Field => ({ schema: given(max), isRequired: true, filter: 'value', canSort: true })
const label = (max: number): Field => ({ schema: nullable(line(max)), filter: 'value' })
const body: Field = { schema: nullable(longText) }
const instant: Field = { schema: nullable(instantSchema), filter: 'range', canSort: true }
const day: Field = { schema: nullable(daySchema), filter: 'range', canSort: true }
const number: Field = { schema: nullable(z.number()), filter: 'range', canSort: true }
const count: Field = { schema: nullable(z.int().nonnegative()), filter: 'range', canSort: true }
const flag: Field = { schema: z.boolean(), filter: 'value' }
const list: Field = { schema: listSchema }
const choice = (...values: [string, ...string[]]): Field => ({ schema: z.enum(values), filter: 'value', canSort: true })
const reference = (refersTo: ObjectTypeName): Field => ({ schema: nullable(idSchema), filter: 'value', refersTo })
const required = (field: Field): Field => ({
  ...field,
  schema: field.schema instanceof z.ZodNullable ? (field.schema.unwrap() as z.ZodType) : field.schema,
  isRequired: true,
})
const fixed = (field: Field): Field => ({ ...field, isImmutable: true })
const shown = (field: Field): Field => ({ ...field, isReadOnly: true })

/** Every type of object, described once: validation, lists, the API and its document all read this. */
const described = {
  media: {
    path: 'media',
    sort: '-taken_local',
    title: ['filename'],
    hasOwnVerbs: true,
    fields: {
      filename: shown({ schema: z.string(), filter: 'value', canSort: true }),
      media_type: shown({ schema: mediaTypeSchema, filter: 'value', canSort: true }),
      mime_type: shown({ schema: z.string(), filter: 'value' }),
      size: shown({ schema: z.int(), filter: 'range', canSort: true }),
      width: shown(count),
      height: shown(count),
      duration: shown(number),
      file_path: shown({ schema: z.string() }),
      thumbnail_path: shown(text(1024)),
      hash: shown({ schema: z.string(), filter: 'value' }),
      taken_at: shown(instant),
      taken_local: { schema: nullable(wallTimeSchema), filter: 'range', canSort: true },
      utc_offset_minutes: { schema: nullable(z.int()) },
      taken_source: shown(label(50)),
      taken_confidence: shown(label(10)),
      taken_precision: shown(label(10)),
      latitude: shown({ ...number, schema: nullable(latitudeSchema) }),
      longitude: shown({ ...number, schema: nullable(longitudeSchema) }),
      rating: number,
      is_favorite: flag,
      description: body,
      processing_status: shown(choice('pending', 'processing', 'complete', 'failed')),
      thumbnail_generated: shown(flag),
      metadata_extracted: shown(flag),
    },
  },
  album: {
    path: 'albums',
    sort: 'name',
    title: ['name'],
    hasOwnVerbs: true,
    fields: {
      name: named(200),
      description: body,
      cover_media_id: reference('media'),
      sort_order: choice('date_asc', 'date_desc', 'manual'),
      media_count: shown(count),
      visibility: shown({ schema: visibilitySchema }),
    },
  },
  integration: {
    path: 'integrations',
    sort: '-created_at',
    title: ['display_name', 'username', 'platform'],
    fields: {
      platform: fixed({ schema: platformSchema, isRequired: true, filter: 'value', canSort: true }),
      platform_user_id: fixed(label(255)),
      username: label(255),
      display_name: text(200),
      avatar_url: { schema: nullable(urlSchema) },
      profile_url: { schema: nullable(urlSchema) },
      status: choice('pending', 'connected', 'error', 'disconnected', 'token_expired'),
      is_enabled: flag,
      auth_kind: choice('oauth', 'app_password', 'archive', 'none'),
      token_expires_at: instant,
      scope: text(2000),
      webhook_subscribed: shown(flag),
      webhook_subscription_id: shown(text(500)),
      last_sync_at: instant,
      last_sync_status: { schema: nullable(z.enum(['success', 'partial', 'failed'])), filter: 'value' },
      next_sync_at: instant,
      sync_cursor: text(100_000),
      items_synced: { schema: z.int().nonnegative(), filter: 'range', canSort: true },
      error_message: shown(text(2000)),
      error_count: shown({ schema: z.int(), filter: 'range' }),
    },
  },
  share_link: {
    path: 'share-links',
    sort: '-created_at',
    title: ['object_type'],
    isDormant: true,
    fields: {
      object_id: fixed({ schema: idSchema, isRequired: true, filter: 'value' }),
      object_type: fixed({ schema: z.string().max(50), isRequired: true, filter: 'value' }),
      expires_at: instant,
      max_uses: { schema: nullable(z.int().positive().max(1_000_000)) },
      used: shown({ schema: z.int() }),
      revoked_at: instant,
    },
  },
  device: {
    path: 'devices',
    sort: '-created_at',
    title: ['name'],
    isDormant: true,
    fields: {
      name: named(200),
      kind: choice('computer', 'phone', 'tablet', 'server', 'camera', 'watch', 'other'),
      platform: label(100),
      app_version: text(100),
      public_key: fixed(text(10_000)),
      last_seen_at: instant,
      revoked_at: instant,
    },
  },
  notification: {
    path: 'notifications',
    sort: '-created_at',
    title: ['title'],
    isDormant: true,
    fields: {
      kind: fixed(named(100)),
      title: fixed({ schema: given(500), isRequired: true }),
      body: fixed(body),
      object_id: fixed({ schema: nullable(idSchema), filter: 'value' }),
      object_type: fixed(label(50)),
      is_read: flag,
      read_at: shown(instant),
    },
  },
  profile_attribute: {
    path: 'profile-attributes',
    sort: 'key',
    title: ['key'],
    fields: {
      category: { schema: given(100), filter: 'value', canSort: true },
      key: named(100),
      value: { schema: z.unknown(), isRequired: true },
      visibility: { schema: visibilitySchema, filter: 'value' },
    },
  },
  post: {
    path: 'posts',
    sort: '-created_at_platform',
    title: ['text_content', 'platform_post_id'],
    fields: {
      account_id: fixed(required(reference('integration'))),
      platform: fixed({ schema: platformSchema, isRequired: true, filter: 'value' }),
      platform_post_id: fixed({ schema: given(1000), isRequired: true, filter: 'value' }),
      content_type: fixed(choice('post', 'activity', 'story', 'reel', 'reply', 'repost', 'article')),
      text_content: fixed(body),
      html_content: fixed(body),
      url: fixed({ schema: nullable(urlSchema) }),
      in_reply_to: fixed(label(1000)),
      thread_root: fixed(label(1000)),
      author_handle: fixed(label(255)),
      activity_type: fixed(label(100)),
      created_at_platform: fixed(required(instant)),
      updated_at_platform: fixed(instant),
      published: fixed(flag),
      deleted_on_platform: fixed(flag),
      engagement: fixed({ schema: z.record(z.string(), z.unknown()) }),
    },
  },
  social_account: {
    path: 'social-accounts',
    sort: '-created_at',
    title: ['display_name', 'handle', 'platform_user_id'],
    fields: {
      platform: fixed({ schema: platformSchema, isRequired: true, filter: 'value' }),
      platform_user_id: fixed({ schema: given(255), isRequired: true, filter: 'value' }),
      handle: label(255),
      display_name: text(500),
      bio: body,
      followers: count,
      following: count,
      is_self: flag,
      account_id: reference('integration'),
    },
  },
  email: {
    path: 'emails',
    sort: '-sent_at',
    title: ['subject', 'from_address'],
    fields: {
      thread_id: fixed(label(1000)),
      message_id: fixed(label(1000)),
      folder: label(500),
      subject: fixed(text(10_000)),
      from_address: fixed(label(1000)),
      to_addresses: fixed(list),
      cc_addresses: fixed(list),
      bcc_addresses: fixed(list),
      sent_at: fixed(instant),
      received_at: fixed(instant),
      body_text: fixed(body),
      body_html: fixed(body),
      is_read: flag,
    },
  },
  message: {
    path: 'messages',
    sort: '-sent_at',
    title: ['body', 'sender'],
    fields: {
      conversation_id: fixed(named(1000)),
      channel: fixed(named(100)),
      sender: fixed(label(1000)),
      body: fixed(body),
      sent_at: fixed(instant),
      direction: fixed(choice('in', 'out')),
    },
  },
  contact: {
    path: 'contacts',
    sort: 'display_name',
    title: ['display_name'],
    fields: {
      display_name: named(500),
      given_name: label(200),
      family_name: label(200),
      organisation: label(500),
      emails: list,
      phones: list,
      addresses: list,
      birthday: day,
      note: body,
      photo_media_id: reference('media'),
    },
  },
  web_page: {
    path: 'web-pages',
    sort: '-saved_at',
    title: ['title', 'url'],
    fields: {
      url: { schema: urlSchema, isRequired: true, filter: 'value' },
      canonical_url: { schema: nullable(urlSchema), filter: 'value' },
      title: { ...text(1000), canSort: true },
      author: label(500),
      excerpt: body,
      content_text: body,
      archived_media_id: reference('media'),
      saved_at: { schema: instantSchema, filter: 'range', canSort: true },
    },
  },
  bookmark: {
    path: 'bookmarks',
    sort: '-created_at',
    title: ['title', 'url'],
    fields: {
      url: { schema: urlSchema, isRequired: true, filter: 'value' },
      title: { ...text(1000), canSort: true },
      description: body,
      folder: { ...label(1000), canSort: true },
      web_page_id: reference('web_page'),
      visited_at: instant,
    },
  },
  calendar_event: {
    path: 'calendar-events',
    sort: '-starts_at',
    title: ['title'],
    fields: {
      uid: fixed(label(1000)),
      title: named(1000),
      description: body,
      location_text: text(1000),
      starts_at: required(instant),
      ends_at: instant,
      all_day: flag,
      tz: text(100),
      rrule: text(2000),
      attendees: list,
      status: choice('confirmed', 'tentative', 'cancelled'),
    },
  },
  task: {
    path: 'tasks',
    sort: '-created_at',
    title: ['title'],
    fields: {
      parent_task_id: reference('task'),
      title: named(1000),
      notes: body,
      status: choice('open', 'in_progress', 'done', 'cancelled'),
      priority: { schema: z.int().min(0).max(9), filter: 'range', canSort: true },
      due_at: instant,
      completed_at: instant,
      position: number,
    },
  },
  note: {
    path: 'notes',
    sort: '-updated_at',
    title: ['title', 'body'],
    fields: {
      title: { ...text(1000), filter: 'value', canSort: true },
      body: { schema: longText },
      format: choice('markdown', 'plain', 'html'),
      pinned: flag,
    },
  },
  document: {
    path: 'documents',
    sort: '-created_at',
    title: ['title'],
    fields: {
      title: named(1000),
      doc_type: { schema: given(100), filter: 'value', canSort: true },
      media_id: reference('media'),
      issued_at: day,
      expires_at: day,
      issuer: label(500),
      content_text: body,
    },
  },
  transaction: {
    path: 'transactions',
    sort: '-occurred_at',
    title: ['counterparty', 'memo', 'category'],
    fields: {
      account_name: label(500),
      occurred_at: required(instant),
      amount: { schema: z.number().nonnegative().max(1e15), isRequired: true, filter: 'range', canSort: true },
      currency: {
        schema: z.string().regex(/^[A-Z]{3}$/, 'must be a code such as EUR'),
        isRequired: true,
        filter: 'value',
      },
      direction: { ...choice('in', 'out'), isRequired: true },
      counterparty: label(500),
      category: label(200),
      memo: body,
      receipt_media_id: reference('media'),
    },
  },
  location: {
    path: 'locations',
    sort: '-recorded_at',
    title: ['place_name', 'activity'],
    fields: {
      latitude: { schema: latitudeSchema, isRequired: true, filter: 'range' },
      longitude: { schema: longitudeSchema, isRequired: true, filter: 'range' },
      accuracy_m: number,
      altitude_m: number,
      recorded_at: instant,
      ended_at: instant,
      place_name: label(500),
      activity: label(100),
    },
  },
  health_record: {
    path: 'health-records',
    sort: '-recorded_at',
    title: ['record_type'],
    fields: {
      record_type: named(100),
      recorded_at: required(instant),
      value: number,
      unit: label(50),
      code: label(200),
      payload: { schema: z.record(z.string(), z.unknown()) },
      provider: label(500),
      document_id: reference('document'),
    },
  },
  tag: {
    path: 'tags',
    sort: 'name',
    title: ['name'],
    fields: {
      name: named(200),
      color: { schema: nullable(z.string().regex(/^#[0-9a-f]{6}$/, 'must be a colour such as #ff5733')) },
    },
  },
  link: {
    path: 'links',
    sort: 'sort_order',
    title: ['link_type'],
    fields: {
      from_object_id: fixed({ schema: idSchema, isRequired: true, filter: 'value' }),
      from_object_type: fixed({ schema: z.string().max(50), isRequired: true, filter: 'value' }),
      to_object_id: fixed({ schema: idSchema, isRequired: true, filter: 'value' }),
      to_object_type: fixed({ schema: z.string().max(50), isRequired: true, filter: 'value' }),
      link_type: fixed({ schema: z.string().max(50), isRequired: true, filter: 'value' }),
      strength: { schema: z.number().min(0).max(1), filter: 'range', canSort: true },
      is_bidirectional: flag,
      sort_order: { schema: nullable(z.int().nonnegative().max(2_147_483_647)), canSort: true },
    },
  },
} as const satisfies Readonly<Record<string, UntiedType>>

/** Types name each other in their fields; the check of that comes after the table is whole. */
type UntiedType = Omit<ObjectType, 'fields'> & { readonly fields: Readonly<Record<string, object>> }

export const objectTypeNames = [
  'media',
  'album',
  'integration',
  'share_link',
  'device',
  'notification',
  'profile_attribute',
  'post',
  'social_account',
  'email',
  'message',
  'contact',
  'web_page',
  'bookmark',
  'calendar_event',
  'task',
  'note',
  'document',
  'transaction',
  'location',
  'health_record',
  'tag',
  'link',
] as const
export type ObjectTypeName = (typeof objectTypeNames)[number]
export const objectTypeSchema = z.enum(objectTypeNames)
export const objectTypes: Readonly<Record<ObjectTypeName, ObjectType>> = described
/** The types that can be asked for. */
export const offeredTypeNames: readonly ObjectTypeName[] = objectTypeNames.filter(
  (name) => objectTypes[name].isDormant !== true,
)
export const offeredTypeSchema = z.enum(offeredTypeNames)

/** Address part of each type, which is also what its changes are called. */
export type ObjectPath = (typeof described)[ObjectTypeName]['path']
export const objectPaths = objectTypeNames.map((name) => described[name].path) as [ObjectPath, ...ObjectPath[]]

/** What every object has besides its own fields. */
export const baseFields: Readonly<Record<string, Field>> = {
  source_type: fixed(label(50)),
  source_id: fixed(label(1024)),
  source_platform: fixed(label(50)),
  source_integration_id: fixed(reference('integration')),
  created_at: shown({ ...instant, schema: z.string() }),
  updated_at: shown({ ...instant, schema: z.string() }),
  deleted_at: shown({ schema: nullable(z.string()) }),
  metadata: { schema: z.record(z.string(), z.unknown()) },
}

/** One object of any type: base fields, its own, and `metadata`. */
export const anyObjectSchema = z
  .looseObject({
    type: objectTypeSchema,
    id: idSchema,
    user_id: idSchema,
    created_at: z.string(),
    updated_at: z.string(),
    deleted_at: z.string().nullable(),
    metadata: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'AnyObject' })
export type AnyObject = z.infer<typeof anyObjectSchema>

export const objectPageSchema = pageOf(anyObjectSchema).meta({ id: 'Objects' })
export type ObjectPage = z.infer<typeof objectPageSchema>

/** One change to a person's own fields. Version 0 is the object as it was made. */
export const objectVersionSchema = z.object({
  version: z.int(),
  before: z.record(z.string(), z.unknown()),
  after: z.record(z.string(), z.unknown()),
  changed_by: idSchema.nullable(),
  changed_at: z.string(),
})
export type ObjectVersion = z.infer<typeof objectVersionSchema>
export const historySchema = pageOf(objectVersionSchema).meta({ id: 'History' })

/** The object becomes again what it was after this version. */
export const revertSchema = z.object({ version: z.int().nonnegative() }).meta({ id: 'Revert' })

/** A link as it reads from one of its ends. */
export const linkedObjectSchema = z.object({
  link: anyObjectSchema,
  direction: z.enum(['from', 'to', 'both']),
  /** What the link says when read from this end. */
  label: z.string(),
  other: z.object({ type: z.string(), id: idSchema, title: z.string().nullable(), deleted_at: z.string().nullable() }),
})
export type LinkedObject = z.infer<typeof linkedObjectSchema>

export const searchResultSchema = z.object({
  type: objectTypeSchema,
  id: idSchema,
  title: z.string().nullable(),
  at: z.string().nullable(),
  rank: z.number(),
})
export type SearchResult = z.infer<typeof searchResultSchema>
