import { z } from 'zod'
import { pageOf } from './endpoint.ts'
import { fixed, instant, label, nullable, reference, shown, type Field, type ObjectType } from './fields.ts'
import { album } from './object-types/album.ts'
import { bookmark } from './object-types/bookmark.ts'
import { calendarEvent } from './object-types/calendar-event.ts'
import { contact } from './object-types/contact.ts'
import { device } from './object-types/device.ts'
import { document } from './object-types/document.ts'
import { email } from './object-types/email.ts'
import { healthRecord } from './object-types/health-record.ts'
import { integration } from './object-types/integration.ts'
import { link } from './object-types/link.ts'
import { location } from './object-types/location.ts'
import { media } from './object-types/media.ts'
import { message } from './object-types/message.ts'
import { note } from './object-types/note.ts'
import { notification } from './object-types/notification.ts'
import { post } from './object-types/post.ts'
import { profileAttribute } from './object-types/profile-attribute.ts'
import { shareLink } from './object-types/share-link.ts'
import { socialAccount } from './object-types/social-account.ts'
import { tag } from './object-types/tag.ts'
import { task } from './object-types/task.ts'
import { transaction } from './object-types/transaction.ts'
import { webPage } from './object-types/web-page.ts'
import { idSchema } from './media.ts'

/** Every type of object: validation, lists, the API and its document all read this. */
const described = {
  media,
  album,
  integration,
  share_link: shareLink,
  device,
  notification,
  profile_attribute: profileAttribute,
  post,
  social_account: socialAccount,
  email,
  message,
  contact,
  web_page: webPage,
  bookmark,
  calendar_event: calendarEvent,
  task,
  note,
  document,
  transaction,
  location,
  health_record: healthRecord,
  tag,
  link,
} as const

export type ObjectTypeName = keyof typeof described
export const objectTypeNames = Object.keys(described) as [ObjectTypeName, ...ObjectTypeName[]]
export const objectTypeSchema = z.enum(objectTypeNames)
/** Types name each other in their fields; that those exist is checked here. */
export type ObjectField = Field & { readonly refersTo?: ObjectTypeName }
type TiedType = ObjectType & { readonly fields: Readonly<Record<string, ObjectField>> }
export const objectTypes: Readonly<Record<ObjectTypeName, TiedType>> = described
/** The types that can be asked for. */
export const offeredTypeNames: readonly ObjectTypeName[] = objectTypeNames.filter(
  (name) => objectTypes[name].isDormant !== true,
)
export const offeredTypeSchema = z.enum(offeredTypeNames)

/** Address part of each type, which is also what its changes are called. */
export type ObjectPath = (typeof described)[ObjectTypeName]['path']
export const objectPaths = objectTypeNames.map((name) => described[name].path) as [ObjectPath, ...ObjectPath[]]

/** What every object has besides its own fields. */
const base = {
  source_type: fixed(label(50)),
  source_id: fixed(label(1024)),
  source_platform: fixed(label(50)),
  source_integration_id: fixed(reference('integration')),
  created_at: shown({ ...instant, schema: z.string() }),
  updated_at: shown({ ...instant, schema: z.string() }),
  deleted_at: shown({ schema: nullable(z.string()) }),
  metadata: { schema: z.record(z.string(), z.unknown()) },
} as const satisfies Readonly<Record<string, ObjectField>>
export const baseFields: Readonly<Record<string, ObjectField>> = base

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

type Values<Fields extends Readonly<Record<string, Field>>> = {
  readonly [Name in keyof Fields]: z.infer<Fields[Name]['schema']>
}
/** One object of a type, with what its fields hold. */
export type ObjectOf<T extends ObjectTypeName> = {
  readonly type: T
  readonly id: string
  readonly user_id: string
} & Values<(typeof described)[T]['fields']> &
  Values<typeof base>

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
