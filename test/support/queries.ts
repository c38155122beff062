import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parseSync } from 'oxc-parser'
import { projectRoot } from './folders.ts'
import { sources } from './imports.ts'

/** What TypeScript says a column is; `unknown` where it says nothing that can be compared. */
export type Said = 'string' | 'number' | 'boolean' | 'array' | 'unknown'

/** A call of `query`, `one` or `execute` with its statement. */
export interface FoundQuery {
  /** File and line. */
  readonly at: string
  /** The statement; null when parts of it are worked out at run time. */
  readonly sql: string | null
  /** Columns that the code reads, as its type names them; null when the type is not written down there. */
  readonly columns: ReadonlyMap<string, Said> | null
}

/** A node of the tree; its fields depend on its kind. */
interface Node {
  readonly type: string
  readonly start: number
  readonly [field: string]: unknown
}

/** Every statement that the engine asks its database, as it stands in the sources. */
export function queriesIn(folder: string): FoundQuery[] {
  return sources(folder).flatMap((file) => {
    const program = programOf(file)
    const text = readFileSync(join(projectRoot, file), 'utf8')
    const found: FoundQuery[] = []
    visit(program, (node) => {
      if (node.type !== 'CallExpression') return
      const { callee, arguments: given } = node as unknown as { callee: Node; arguments: readonly Node[] }
      const [statement] = given
      if (callee.type !== 'MemberExpression' || statement === undefined) return
      if (!['query', 'one', 'execute'].includes((callee['property'] as { name?: string }).name ?? '')) return
      if (!['TemplateLiteral', 'Literal', 'Identifier'].includes(statement.type)) return
      const types = node['typeArguments'] as { params: readonly Node[] } | null
      const [row] = types?.params ?? []
      found.push({
        at: `${file}:${text.slice(0, node.start).split('\n').length}`,
        sql: textOf(file, statement),
        columns: row === undefined ? null : columnsOf(file, row),
      })
    })
    return found
  })
}

const programs = new Map<string, Node>()

function programOf(file: string): Node {
  let program = programs.get(file)
  if (!program) {
    program = parseSync(file, readFileSync(join(projectRoot, file), 'utf8')).program as unknown as Node
    programs.set(file, program)
  }
  return program
}

function visit(node: unknown, each: (node: Node) => void): void {
  if (Array.isArray(node)) {
    for (const one of node) visit(one, each)
    return
  }
  if (typeof node !== 'object' || node === null) return
  if ('type' in node && typeof node.type === 'string') each(node as Node)
  for (const value of Object.values(node)) visit(value, each)
}

/** The text of an expression that is known before the program runs; constants are followed into their files. */
function textOf(file: string, node: Node): string | null {
  if (node.type === 'Literal') {
    const { value } = node
    return typeof value === 'string' || typeof value === 'number' ? String(value) : null
  }
  if (node.type === 'TemplateLiteral') {
    const { quasis, expressions } = node as unknown as {
      quasis: readonly { value: { cooked: string } }[]
      expressions: readonly Node[]
    }
    const parts = expressions.map((each) => textOf(file, each))
    if (parts.includes(null)) return null
    return quasis.map(({ value }, index) => value.cooked + (parts[index] ?? '')).join('')
  }
  if (node.type === 'Identifier') {
    const found = declared(file, String(node['name']))
    return found && found.node.type === 'VariableDeclarator' ? textOf(found.file, found.node['init'] as Node) : null
  }
  return null
}

/** A constant or type of the top level of a file, or of the file it is imported from. */
function declared(file: string, name: string): { readonly file: string; readonly node: Node } | null {
  const body = programOf(file)['body'] as readonly Node[]
  for (const statement of body) {
    if (statement.type === 'ImportDeclaration') {
      const { source, specifiers } = statement as unknown as {
        source: { value: string }
        specifiers: readonly { local: { name: string }; imported?: { name: string } }[]
      }
      const here = specifiers.find(({ local }) => local.name === name)
      if (!here || !source.value.startsWith('.')) continue
      return exported(join(dirname(file), source.value), here.imported?.name ?? name)
    }
    const inner = (statement['declaration'] as Node | null | undefined) ?? statement
    const list = inner.type === 'VariableDeclaration' ? (inner['declarations'] as readonly Node[]) : [inner]
    for (const each of list) {
      if ((each['id'] as { name?: string } | null | undefined)?.name === name) return { file, node: each }
    }
  }
  return null
}

/** The same, by the name it is exported under; what an index passes on is looked up where it is. */
function exported(file: string, name: string): { readonly file: string; readonly node: Node } | null {
  const own = declared(file, name)
  if (own) return own
  for (const statement of programOf(file)['body'] as readonly Node[]) {
    const from = (statement['source'] as { value: string } | null | undefined)?.value
    if (from === undefined || !statement.type.startsWith('Export')) continue
    const names = statement['specifiers'] as
      | readonly { exported: { name: string }; local: { name: string } }[]
      | undefined
    const passed = names?.find((each) => each.exported.name === name)
    if (names && !passed) continue
    const found = exported(join(dirname(file), from), passed?.local.name ?? name)
    if (found) return found
  }
  return null
}

/** What a type says of the columns of a row; null for one that is not written as a list of fields. */
function columnsOf(file: string, type: Node): ReadonlyMap<string, Said> | null {
  if (type.type === 'TSTypeReference') {
    const name = (type['typeName'] as { name?: string }).name
    const found = name === undefined || type['typeArguments'] ? null : declared(file, name)
    if (found?.node.type === 'TSTypeAliasDeclaration')
      return columnsOf(found.file, found.node['typeAnnotation'] as Node)
    if (found?.node.type === 'TSInterfaceDeclaration' && (found.node['extends'] as readonly unknown[]).length === 0)
      return fieldsIn(found.file, (found.node['body'] as { body: readonly Node[] }).body)
    return null
  }
  return type.type === 'TSTypeLiteral' ? fieldsIn(file, type['members'] as readonly Node[]) : null
}

function fieldsIn(file: string, members: readonly Node[]): ReadonlyMap<string, Said> | null {
  const fields = members.map((member): readonly [string, Said] | null => {
    const { key, typeAnnotation } = member as unknown as {
      key?: { name?: string; value?: string }
      typeAnnotation?: { typeAnnotation: Node }
    }
    const name = key?.name ?? key?.value
    if (member.type !== 'TSPropertySignature' || name === undefined) return null
    return [name, typeAnnotation ? saidBy(file, typeAnnotation.typeAnnotation) : 'unknown']
  })
  return fields.some((field) => field === null) ? null : new Map(fields.filter((field) => field !== null))
}

const keywords: Readonly<Record<string, Said>> = {
  TSStringKeyword: 'string',
  TSNumberKeyword: 'number',
  TSBooleanKeyword: 'boolean',
  TSArrayType: 'array',
  TSTupleType: 'array',
}

function saidBy(file: string, type: Node): Said {
  const keyword = keywords[type.type]
  if (keyword) return keyword
  if (type.type === 'TSTypeOperator') return saidBy(file, type['typeAnnotation'] as Node)
  if (type.type === 'TSLiteralType') {
    const { value } = type['literal'] as { value?: unknown }
    return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
      ? (typeof value as Said)
      : 'unknown'
  }
  if (type.type === 'TSUnionType') {
    const all = (type['types'] as readonly Node[]).filter(({ type: kind }) => kind !== 'TSNullKeyword')
    const said = new Set(all.map((each) => saidBy(file, each)))
    return said.size === 1 ? ([...said][0] ?? 'unknown') : 'unknown'
  }
  if (type.type === 'TSTypeReference') {
    const name = (type['typeName'] as { name?: string }).name
    const found = name === undefined || type['typeArguments'] ? null : declared(file, name)
    if (found?.node.type === 'TSTypeAliasDeclaration') return saidBy(found.file, found.node['typeAnnotation'] as Node)
  }
  return 'unknown'
}
