import type { Database } from '../../database/index.ts'
import type { Listed } from '../check/check.ts'

/** The last snapshot this vault made in a backup, as its own database remembers it. */
export interface Remembered {
  readonly id: string
  /** Null for those of before numbers were remembered. */
  readonly number: number | null
  readonly createdAt: string
}

export async function rememberedSnapshot(database: Database, backupId: string): Promise<Remembered | null> {
  const row = await database.asService((tx) =>
    tx.one<Remembered>(
      `select result ->> 'id' as id, (result ->> 'number')::integer as number, result ->> 'createdAt' as "createdAt"
       from meta.backup_runs where backup_id = $1 and kind = 'create' and status = 'done' and result ? 'createdAt'
       order by started_at desc, id desc limit 1`,
      [backupId],
    ),
  )
  return row ?? null
}

/**
 * Whether a repository is older than it was: the snapshot that is remembered is gone, and there is none that came after it.
 * Somebody removed it, or put an earlier copy of the folder in its place. What snapshots say of themselves is sealed, so an
 * old one under another name is still old. Rules remove old snapshots, and never the newest.
 */
export function isRolledBack(remembered: Remembered | null, snapshots: readonly Listed[]): boolean {
  if (remembered === null || snapshots.some((each) => each.about.id === remembered.id)) return false
  const { number, createdAt } = remembered
  return !snapshots.some(({ about }) =>
    number !== null && about.number !== undefined
      ? about.number > number
      : Date.parse(about.createdAt) > Date.parse(createdAt),
  )
}
