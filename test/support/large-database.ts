import { randomBytes } from 'node:crypto'
import type { Database } from '../../main/engine/database/index.ts'

/** Makes a database so large that it is dumped from a clone, not in turn. */
export async function makeLarge(database: Database): Promise<void> {
  const body = randomBytes(6 << 20).toString('base64')
  await database.asService((tx) =>
    tx.execute(
      `insert into vault.notes (user_id, title, body) select id, 'A long note', $1 from core.users order by id limit 1`,
      [body],
    ),
  )
}
