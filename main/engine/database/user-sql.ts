import { CofferError } from '../base/errors.ts'
import type { Connection } from './connection.ts'
import { SqlError } from './sql-error.ts'

const allowed = new Set(['select', 'with', 'values', 'table'])
const maxMs = 60_000
/** Places of rows and numbers of transactions tell how much others keep. `U&"…"` could spell them in another way. */
const systemColumns = /\b(ctid|xmin|xmax|cmin|cmax)\b|\bU&/i

/**
 * Runs one statement of a person's own inside the transaction that is open. The session is a superuser underneath on
 * PGlite, so this is what keeps it in: only reading statements, one at a time (the extended protocol refuses more), in
 * a read-only transaction under the restricted role, from which functions that change role or settings are revoked.
 */
export async function runStatement(
  connection: Connection,
  text: string,
): Promise<{ columns: string[]; rows: unknown[][] }> {
  const bare = withoutComments(text)
  const [keyword = ''] = /^[a-z]+/i.exec(bare.replace(/^[\s(]+/, '')) ?? []
  if (!allowed.has(keyword.toLowerCase())) {
    throw new CofferError('Only statements that read can be run here: SELECT, WITH, VALUES or TABLE.', {
      code: 'sql-refused',
    })
  }
  if (systemColumns.test(text)) {
    throw new CofferError('System columns (ctid, xmin, xmax, cmin, cmax) and U& names cannot be used here.', {
      code: 'sql-refused',
    })
  }
  try {
    const { columns, rows } = await connection.query(text, [], { asArrays: true, maxMs })
    return { columns, rows: rows as unknown[][] }
  } catch (error) {
    if (!(error instanceof SqlError)) throw error
    const isRefusal = error.code === '42501' || error.code === '25006' || error.code === '42601'
    throw new CofferError(`PostgreSQL says: ${error.message}`, {
      code: isRefusal ? 'sql-refused' : 'sql-failed',
      ...(error.code !== null && { details: { sqlState: error.code } }),
    })
  }
}

/** The statement without leading comments, so that the first word is the statement's own. */
function withoutComments(text: string): string {
  let rest = text.trimStart()
  for (;;) {
    if (rest.startsWith('--')) rest = rest.slice(rest.indexOf('\n') + 1 || rest.length).trimStart()
    else if (rest.startsWith('/*')) rest = rest.slice(endOfComment(rest)).trimStart()
    else return rest
  }
}

/** Comments nest in PostgreSQL. */
function endOfComment(text: string): number {
  let depth = 0
  for (let at = 0; at < text.length; at += 1) {
    if (text.startsWith('/*', at)) {
      depth += 1
      at += 1
    } else if (text.startsWith('*/', at)) {
      depth -= 1
      at += 1
      if (depth === 0) return at + 1
    }
  }
  return text.length
}
