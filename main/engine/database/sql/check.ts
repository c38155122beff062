import { CofferError } from '../../base/errors.ts'
import type { Connection } from '../connection/connection.ts'
import { SqlError } from '../connection/sql-error.ts'
import { nameFunctions } from './functions.ts'

const keywords = new Set(['select', 'with', 'values', 'table'])
const longestText = 100_000

/** The name under which a statement is looked at; it is never executed. */
const prepared = 'coffer_looked_at'

/**
 * Looks whether a person's own statement may be run. PostgreSQL itself says what it means: it parses and analyses the text and
 * shows the tree, in which every function stands with its number, whatever way the text names it (a call, an operator, a cast,
 * `row.function`). Only reading statements made of known parts and allowed functions pass. Call it in a transaction
 * under the role the statement will have. Throws `sql-refused`, and `sql-failed` for what PostgreSQL does not understand.
 */
export async function assertAllowed(connection: Connection, text: string, allowed: ReadonlySet<number>): Promise<void> {
  const [keyword = ''] = /^[a-z]+/i.exec(withoutComments(text).replace(/^[\s(]+/, '')) ?? []
  if (!keywords.has(keyword.toLowerCase())) {
    throw refused('Only statements that read can be run here: SELECT, WITH, VALUES or TABLE.')
  }
  if (text.length > longestText) throw refused('This statement is too long.')
  await connection.exec(
    `set local debug_print_parse = on; set local debug_pretty_print = off; set local client_min_messages = log`,
  )
  // Only one statement that could be prepared passes the grammar after these words.
  const trees = await connection.remarks(`prepare ${prepared} as ${text}`).catch(forPerson)
  await connection.exec(
    `set local debug_print_parse = off; set local client_min_messages = warning; deallocate ${prepared}`,
  )
  // The tree of PREPARE itself stands before that of what is prepared.
  const tree = trees.find((each) => each.startsWith('{QUERY ') && !/^\{QUERY :commandType 6\b/.test(each))
  if (tree === undefined) throw refused('This statement cannot be looked at, so it is not run.')
  await assertTree(connection, tree, allowed)
}

/** What a statement that reads can be made of; everything else is refused, known or not. */
const parts = new Set(
  `QUERY RANGETBLENTRY RTEPERMISSIONINFO ALIAS FROMEXPR JOINEXPR RANGETBLREF RANGETBLFUNCTION TARGETENTRY COMMONTABLEEXPR
   CTESEARCHCLAUSE CTECYCLECLAUSE SETOPERATIONSTMT SORTGROUPCLAUSE GROUPINGSET WINDOWCLAUSE
   VAR CONST PARAM FUNCEXPR NAMEDARGEXPR OPEXPR DISTINCTEXPR NULLIFEXPR SCALARARRAYOPEXPR BOOLEXPR SUBLINK AGGREF WINDOWFUNC
   WINDOWFUNCRUNCONDITION GROUPINGFUNC SUBSCRIPTINGREF FIELDSELECT RELABELTYPE COERCEVIAIO ARRAYCOERCEEXPR
   CONVERTROWTYPEEXPR COLLATEEXPR CASEEXPR CASEWHEN CASETESTEXPR ARRAYEXPR ROWEXPR ROWCOMPAREEXPR COALESCEEXPR MINMAXEXPR
   SQLVALUEFUNCTION NULLTEST BOOLEANTEST JSONFORMAT JSONRETURNING JSONVALUEEXPR JSONCONSTRUCTOREXPR JSONISPREDICATE
   JSONBEHAVIOR JSONEXPR`.split(/\s+/),
)

/** Fields of the tree that hold the number of a function. */
const functionFields = /:(?:funcid|opfuncid|aggfnoid|winfnoid) (\d+)/g
const tableOid = -6

async function assertTree(connection: Connection, tree: string, allowed: ReadonlySet<number>): Promise<void> {
  // A name that somebody chose has its braces and spaces behind backslashes; it can add to what is found, and hide nothing.
  const unknown = new Set(
    [...tree.matchAll(/(?<!\\)\{([A-Z]+)/g)].flatMap(([, part = '']) => (parts.has(part) ? [] : part)),
  )
  if (unknown.size > 0) {
    throw refused(`This kind of statement cannot be run here (${[...unknown].join(', ').toLowerCase()}).`)
  }
  if ([...tree.matchAll(/\{QUERY :commandType (\d+)/g)].some(([, kind]) => kind !== '1')) {
    throw refused('Only statements that read can be run here.')
  }
  if ([...tree.matchAll(/:varattno (-\d+)/g)].some(([, column]) => Number(column) !== tableOid)) {
    throw refused('System columns (ctid, xmin, xmax, cmin, cmax) cannot be used here.')
  }
  const ids = new Set([...tree.matchAll(functionFields)].map(([, id]) => Number(id)))
  const closed = [...ids].filter((id) => id !== 0 && !allowed.has(id))
  if (closed.length === 0) return
  const names = await nameFunctions(connection, closed)
  throw refused(`${names.join(', ')} cannot be used here.`)
}

function refused(message: string): CofferError {
  return new CofferError(message, { code: 'sql-refused' })
}

/** Throws what PostgreSQL says of a person's own statement, as an error for that person. */
export function forPerson(error: unknown): never {
  if (!(error instanceof SqlError)) throw error
  const isRefusal = error.code === '42501' || error.code === '25006' || error.code === '42601'
  throw new CofferError(`PostgreSQL says: ${error.message}`, {
    code: isRefusal ? 'sql-refused' : 'sql-failed',
    ...(error.code !== null && { details: { sqlState: error.code } }),
  })
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
