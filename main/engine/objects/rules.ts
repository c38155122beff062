import type { ObjectTypeName } from '../../contract/index.ts'
import type { Writer } from '../database/index.ts'

/** What is peculiar to objects of a type, besides their fields. SQL speaks of a row named `o`. */
interface TypeRules {
  /** Where they are kept. */
  readonly table: string
  /** Only those come back from the trash for which this holds. */
  readonly mayReturnIf?: string
  /** Columns that are set when they come back, and to what. */
  readonly setOnReturn?: string
  /** Goes with moving them to the trash, in the same transaction. */
  onTrash?(tx: Writer, userId: string, ids: readonly string[]): Promise<void>
  /** Only those are deleted permanently for which this holds; what to say of one for which it does not. */
  readonly mayGoIf?: { readonly sql: string; readonly otherwise: string }
  /** Others hang on them and go first. */
  readonly goesLast?: true
}

const rules: Readonly<Record<ObjectTypeName, TypeRules>> = {
  media: {
    table: 'vault.media',
    // The same picture was imported again meanwhile.
    mayReturnIf: `not exists (select 1 from vault.media other
      where other.user_id = o.user_id and other.hash = o.hash and other.deleted_at is null)`,
  },
  album: {
    table: 'vault.albums',
    // One made again from the same folder meanwhile has taken its source over.
    setOnReturn: `source_id = case when exists (select 1 from vault.albums other
      where other.user_id = o.user_id and other.source_type = o.source_type and other.source_id = o.source_id
        and other.deleted_at is null) then null else o.source_id end`,
  },
  integration: {
    table: 'core.integrations',
    // The archive must not vanish with the connection.
    mayGoIf: {
      sql: 'not exists (select 1 from vault.posts p where p.account_id = o.id)',
      otherwise: 'This connection still has posts. Delete those first, so that they are not lost with it.',
    },
    goesLast: true,
    onTrash: dropTokens,
  },
  share_link: { table: 'core.share_links' },
  device: { table: 'core.devices' },
  notification: { table: 'core.notifications' },
  profile_attribute: { table: 'core.profile_attributes' },
  post: { table: 'vault.posts' },
  social_account: { table: 'vault.social_accounts' },
  email: { table: 'vault.emails' },
  message: { table: 'vault.messages' },
  contact: { table: 'vault.contacts' },
  web_page: { table: 'vault.web_pages' },
  bookmark: { table: 'vault.bookmarks' },
  calendar_event: { table: 'vault.calendar_events' },
  task: { table: 'vault.tasks' },
  note: { table: 'vault.notes' },
  document: { table: 'vault.documents' },
  transaction: { table: 'vault.transactions' },
  location: { table: 'vault.locations' },
  health_record: { table: 'vault.health_records' },
  tag: { table: 'vault.tags' },
  link: { table: 'core.links' },
}

export function rulesOf(type: ObjectTypeName): TypeRules {
  return rules[type]
}

/** Types in the order in which they are deleted permanently: what hangs on others goes before them. */
export function inOrderOfGoing<T extends ObjectTypeName>(types: readonly T[]): readonly T[] {
  return types.toSorted((one, other) => Number(rules[one].goesLast ?? false) - Number(rules[other].goesLast ?? false))
}

/** A connection that is put away keeps nothing that would still open the account. */
async function dropTokens(tx: Writer, userId: string, ids: readonly string[]): Promise<void> {
  await tx.execute(
    `update core.integration_secrets set access_token_enc = null, refresh_token_enc = null, key_id = null
     where account_id = any($1::uuid[]) and user_id = $2`,
    [ids, userId],
  )
  await tx.execute(`update core.integrations set status = 'disconnected' where id = any($1::uuid[]) and user_id = $2`, [
    ids,
    userId,
  ])
}
