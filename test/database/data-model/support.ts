import { createHash } from 'node:crypto'
import type { TestContext } from 'vitest'
import type { Database } from '../../../main/engine/database/index.ts'
import { codeOf, newVault } from '../support.ts'

/** A vault with Ann and Ben, and short ways to act as either or as the service. */
export interface People {
  readonly database: Database
  readonly ann: string
  readonly ben: string
  /** One statement as a person, under row-level security; `within` sets the search path, as a seed's program would. */
  as<T extends object>(user: string, sql: string, params?: readonly unknown[], within?: string): Promise<T[]>
  service<T extends object>(sql: string, params?: readonly unknown[]): Promise<T[]>
  /** As anyone who owns the database, who alone sees its statistics. */
  owner<T extends object>(sql: string): Promise<T[]>
  /** The SQLSTATE a statement is refused with. */
  refused(user: string, sql: string, params?: readonly unknown[]): Promise<unknown>
  refusedService(sql: string, params?: readonly unknown[]): Promise<unknown>
  /** The id a statement returns. */
  id(user: string, sql: string, params?: readonly unknown[]): Promise<string>
  media(user: string, fields?: Readonly<Record<string, unknown>>): Promise<string>
  album(user: string, name?: string): Promise<string>
  integration(user: string, fields?: Readonly<Record<string, unknown>>): Promise<string>
  link(user: string, from: readonly [string, string], to: readonly [string, string], kind: string): Promise<string>
}

let files = 0

export async function people(t: TestContext): Promise<People> {
  const { database, users } = await newVault(t, 'ann', 'ben')
  const [ann, ben = ''] = users
  const as = <T extends object>(user: string, sql: string, params: readonly unknown[] = [], within?: string) =>
    database.write(user, async (tx) => {
      if (within !== undefined) await tx.execute(`set local search_path = ${within}`)
      return tx.query<T>(sql, params)
    })
  const owner = <T extends object>(sql: string) => database.asOwner((tx) => tx.query<T>(sql))
  const service = <T extends object>(sql: string, params: readonly unknown[] = []) =>
    database.asService((tx) => tx.query<T>(sql, params))
  const id = async (user: string, sql: string, params: readonly unknown[] = []) => {
    const [row] = await as<{ id: string }>(user, sql, params)
    if (!row) throw new Error('no row came back')
    return row.id
  }
  /** Inserts what is given under the names of columns; the table says the types. */
  const insert = (user: string, table: string, fields: Readonly<Record<string, unknown>>) => {
    const names = Object.keys(fields).join(', ')
    return id(
      user,
      `insert into ${table} (${names}) select ${names} from jsonb_populate_record(null::${table}, $1::jsonb) returning id`,
      [JSON.stringify(fields)],
    )
  }
  return {
    database,
    ann,
    ben,
    as,
    service,
    owner,
    id,
    refused: (user, sql, params) => codeOf(as(user, sql, params)),
    refusedService: (sql, params) => codeOf(service(sql, params)),
    media(user, fields = {}) {
      files += 1
      return insert(user, 'vault.media', {
        user_id: user,
        filename: `${files}.jpg`,
        media_type: 'photo',
        mime_type: 'image/jpeg',
        size: files,
        file_path: `${files}.jpg`,
        hash: createHash('sha256').update(String(files)).digest('hex'),
        ...fields,
      })
    },
    album: (user, name = 'Summer') => insert(user, 'vault.albums', { user_id: user, name }),
    integration: (user, fields = {}) =>
      insert(user, 'core.integrations', { user_id: user, platform: 'instagram', status: 'connected', ...fields }),
    link: (user, from, to, kind) =>
      insert(user, 'core.links', {
        user_id: user,
        from_object_type: from[0],
        from_object_id: from[1],
        to_object_type: to[0],
        to_object_id: to[1],
        link_type: kind,
      }),
  }
}
