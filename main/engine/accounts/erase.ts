import { readdir, rm, truncate } from 'node:fs/promises'
import { join } from 'node:path'
import { isUuid } from '../base/ids.ts'
import { removeTreeInside } from '../base/inside.ts'
import { sweepVaultScratch } from '../base/scratch.ts'
import { erasingKey, type Database, type Reader, type Writer } from '../database/index.ts'
import { CofferError } from '../base/errors.ts'
import { record } from '../objects/index.ts'

/** What was destroyed, as it stays in the audit log: who, how much, and a digest; nothing of what it was. */
export interface Erased {
  /** The id the person had. */
  readonly personId: string
  /** True when the person is gone too; the last one stays, with nothing. */
  readonly isRemoved: boolean
  readonly at: string
  readonly media: number
  readonly bytes: number
  readonly rows: number
  /** SHA-256 over the sorted SHA-256s of the originals, a line each: anyone who has them can tell that these are meant. */
  readonly digest: string
}

interface Place {
  readonly vaultDir: string
  readonly database: Database
}

/**
 * Destroys everything a person has in a vault, for good: rows, originals, pictures, sealed keys, history. Nothing else may use
 * the vault meanwhile. Killed before its one transaction has ended, nothing was erased; after it, `finishErasing` does the
 * rest at the next start. Throws `user-unknown`.
 */
export async function eraseUser(place: Place, userId: string): Promise<Erased> {
  const erased = await place.database.asOwner((tx) => eraseRows(tx, userId))
  await finishErasing(place)
  return erased
}

/** How much one person has, the trash included. */
export async function erasable(tx: Reader): Promise<{ media: number; bytes: number; albums: number }> {
  const sums = await tx.one<{ media: number; bytes: number; albums: number }>(
    `select count(*) as media, coalesce(sum(size), 0)::bigint as bytes, (select count(*) from vault.albums) as albums
     from vault.media`,
  )
  return sums ?? { media: 0, bytes: 0, albums: 0 }
}

/** Removes the files of people whose rows are gone, and what their rows left in the database's own files. */
export async function finishErasing({ vaultDir, database }: Place): Promise<void> {
  const pending = await database.asService((tx) =>
    tx.query<{ key: string }>(`select key from meta.settings where user_id is null and starts_with(key, $1)`, [
      erasingKey,
    ]),
  )
  if (pending.length === 0) return
  for (const { key } of pending) {
    const id = key.slice(erasingKey.length)
    if (isUuid(id)) await removeTreeInside(join(vaultDir, 'users'), id)
  }
  await sweepVaultScratch(vaultDir)
  await emptyLogs(join(vaultDir, 'logs'))
  await database.rebuild()
  await database.asService((tx) =>
    tx.execute(`delete from meta.settings where user_id is null and starts_with(key, $1)`, [erasingKey]),
  )
}

/** Sentences of errors can name files. The newest log may be open, so it is emptied rather than removed. */
async function emptyLogs(folder: string): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    if (name === 'engine.log') await truncate(join(folder, name), 0)
    else await rm(join(folder, name), { recursive: true, force: true })
  }
}

interface PersonRow {
  readonly username: string
  readonly displayName: string | null
  readonly passwordHash: string | null
  readonly isAdmin: boolean
  readonly storageQuota: number | null
  readonly others: number
  readonly otherAdmins: number
}

async function eraseRows(tx: Writer, userId: string): Promise<Erased> {
  const person = await tx.one<PersonRow>(
    `select username, display_name as "displayName", password_hash as "passwordHash", is_admin as "isAdmin",
       storage_quota as "storageQuota",
       (select count(*) from core.users o where o.id <> u.id and o.deleted_at is null) as others,
       (select count(*) from core.users o where o.id <> u.id and o.deleted_at is null and o.is_admin and o.is_active)
         as "otherAdmins"
     from core.users u where id = $1 and deleted_at is null`,
    [userId],
  )
  if (!person) throw new CofferError('There is no such person in this vault.', { code: 'user-unknown' })
  if (person.isAdmin && person.others > 0 && person.otherAdmins === 0) {
    throw new CofferError(
      'This vault has no other administrator. Make another person an administrator first, then erase.',
      {
        code: 'conflict',
      },
    )
  }
  const sums = await tx.one<{ media: number; bytes: number; digest: string }>(
    `select count(*) as media, coalesce(sum(size), 0)::bigint as bytes,
            encode(sha256(convert_to(coalesce(string_agg(hash || E'\\n', '' order by hash), ''), 'UTF8')), 'hex') as digest
     from vault.media where user_id = $1`,
    [userId],
  )
  const tables = await ownedTables(tx)
  let rows = 0
  for (const table of tables) {
    rows += (await tx.one<{ n: number }>(`select count(*) as n from ${table} where user_id = $1`, [userId]))?.n ?? 0
  }
  // Each object takes its links along, one by one; without these it would look through all links for each.
  await tx.execute(`create index erasing_from on core.links (user_id, from_object_id, from_object_type)`)
  await tx.execute(`create index erasing_to on core.links (user_id, to_object_id, to_object_type)`)
  for (const table of ['core.links', 'vault.albums', 'core.audit_log']) {
    await tx.execute(`delete from ${table} where user_id = $1`, [userId])
  }
  await tx.execute(`delete from core.audit_heads where chain = $1`, [userId])
  const isRemoved = person.others > 0
  if (isRemoved) await tx.execute(`select core.forget_in_audit($1)`, [person.username])
  // A person who stays is made again under the same name: all that hangs on the old row goes with it.
  await tx.execute(`delete from core.users where id = $1`, [userId])
  if (!isRemoved) {
    const { username, displayName, passwordHash, isAdmin, storageQuota } = person
    await tx.execute(
      `insert into core.users (username, display_name, password_hash, is_admin, storage_quota)
       values ($1, $2, $3, $4, $5)`,
      [username, displayName, passwordHash, isAdmin, storageQuota],
    )
  }
  // What refers to the person without hanging on the row.
  for (const table of tables) await tx.execute(`delete from ${table} where user_id = $1`, [userId])
  await tx.execute(`drop index core.erasing_from`)
  await tx.execute(`drop index core.erasing_to`)
  const { media = 0, bytes = 0, digest = '' } = sums ?? {}
  const left = await tx.one<{ id: string; at: string }>(
    `select id, now() as at from core.users where deleted_at is null order by is_admin desc, created_at, id limit 1`,
  )
  if (!left) throw new Error('nobody is left in the vault')
  await record(tx, {
    userId: left.id,
    action: 'users.erased',
    ids: [userId],
    change: 'removed',
    details: { media, bytes, rows, digest, isRemoved },
  })
  await tx.execute(`insert into meta.settings (key, value) values ($1, 'true')`, [`${erasingKey}${userId}`])
  return { personId: userId, isRemoved, at: left.at, media, bytes, rows, digest }
}

/** Every table with rows of people, but the ledger: its numbers only ever grow, and tell nothing else. */
async function ownedTables(tx: Writer): Promise<string[]> {
  const rows = await tx.query<{ name: string }>(
    `select format('%I.%I', n.nspname, c.relname) as name
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     join pg_attribute a on a.attrelid = c.oid and a.attname = 'user_id' and not a.attisdropped
     where c.relkind = 'r' and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
       and (n.nspname, c.relname) <> ('meta', 'row_ledger')
     order by 1`,
  )
  return rows.map((row) => row.name)
}
