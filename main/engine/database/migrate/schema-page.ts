import type { Connection } from '../connection/connection.ts'

interface Column {
  readonly name: string
  readonly type: string
  readonly nullable: boolean
  readonly value: string | null
  readonly about: string
}

interface Table {
  readonly schema: string
  readonly name: string
  readonly kind: 'table' | 'view'
  readonly about: string
  readonly columns: readonly Column[]
  readonly keys: readonly string[]
  readonly indexes: readonly string[]
  readonly policies: readonly string[]
}

interface Relation {
  readonly from: string
  readonly to: string
  readonly columns: string
  readonly isOptional: boolean
}

const schemas = `('core', 'vault', 'ingest', 'circles', 'read', 'meta', 'hypernet', 'trove', 'orbital')`

/** The schema of a database as a page for people: what its catalog and its comments say, nothing else. */
export async function schemaPage(connection: Connection): Promise<string> {
  const ask = async <T>(sql: string): Promise<T[]> => (await connection.query(sql)).rows as T[]
  const spaces = await ask<{ name: string; about: string }>(
    `select nspname as name, obj_description(oid, 'pg_namespace') as about from pg_namespace
     where nspname in ${schemas} order by array_position(array${schemas.replace('(', '[').replace(')', ']')}, nspname::text)`,
  )
  const tables = await ask<Table>(
    `select n.nspname as schema, c.relname as name, case c.relkind when 'v' then 'view' else 'table' end as kind,
       obj_description(c.oid, 'pg_class') as about,
       (select json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod),
          'nullable', not a.attnotnull, 'about', coalesce(col_description(c.oid, a.attnum), ''),
          'value', case when a.attidentity <> '' then 'identity' when a.attgenerated <> '' then 'generated'
                   else pg_get_expr(d.adbin, d.adrelid) end) order by a.attnum)
        from pg_attribute a left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns,
       (select coalesce(json_agg(pg_get_constraintdef(k.oid) order by k.contype, k.conname), '[]') from pg_constraint k
        where k.conrelid = c.oid and k.contype in ('p', 'u', 'f', 'c')) as keys,
       (select coalesce(json_agg(regexp_replace(pg_get_indexdef(i.indexrelid), '^CREATE (UNIQUE )?INDEX (\\S+) ON (ONLY )?\\S+ USING ', '\\2: \\1')
          order by i.indexrelid::regclass::text), '[]') from pg_index i
        where i.indrelid = c.oid and not exists (select 1 from pg_constraint k where k.conindid = i.indexrelid)) as indexes,
       (select coalesce(json_agg(format('%s (%s to %s)', p.polname,
            case p.polcmd when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update' when 'd' then 'delete' else 'all' end,
            (select string_agg(r::regrole::text, ', ') from unnest(p.polroles) r)) order by p.polname), '[]')
        from pg_policy p where p.polrelid = c.oid and not 'postgres'::regrole = any (p.polroles)) as policies
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'v') and n.nspname in ${schemas} order by n.nspname, c.relname`,
  )
  const relations = await ask<Relation>(
    `select k.conrelid::regclass::text as "from", k.confrelid::regclass::text as "to",
       (select string_agg(a.attname, ' ' order by p.location) from unnest(k.conkey) with ordinality p(number, location)
        join pg_attribute a on a.attrelid = k.conrelid and a.attnum = p.number) as columns,
       exists (select 1 from unnest(k.conkey) number join pg_attribute a on a.attrelid = k.conrelid and a.attnum = number
               where not a.attnotnull) as "isOptional"
     from pg_constraint k join pg_namespace n on n.oid = k.connamespace
     where k.contype = 'f' and n.nspname in ${schemas} order by 1, 2, 3`,
  )
  const parts = spaces.map(({ name, about }) =>
    section(
      name,
      about,
      tables.filter((table) => table.schema === name),
      relations.filter((relation) => relation.from.startsWith(`${name}.`)),
    ),
  )
  return `# The schema

Made from the database itself by \`npm run schema\`; a test fails when this page is stale. What each migration is for stands at
its head in \`migrations/\`. Every table of a person is under row-level security that binds its owner too: \`app_user\`
sees one person's rows, \`app_service\` does background work.

${parts.join('\n')}`
}

function section(schema: string, about: string, tables: readonly Table[], relations: readonly Relation[]): string {
  return `## ${schema}

${about}

${diagram(relations)}${tables.map(chapter).join('\n')}`
}

/** Who belongs to whom is the same everywhere, so the lines to core.users are left out. */
function diagram(relations: readonly Relation[]): string {
  const shown = relations.filter((relation) => relation.to !== 'core.users')
  if (shown.length === 0) return ''
  const lines = shown.map(
    ({ from, to, columns, isOptional }) => `  ${box(to)} ${isOptional ? '|o' : '||'}--o{ ${box(from)} : "${columns}"`,
  )
  return `\`\`\`mermaid\nerDiagram\n${lines.join('\n')}\n\`\`\`\n\n`
}

function box(table: string): string {
  return table.replace('.', '_')
}

function chapter(table: Table): string {
  const title = `### ${table.schema}.${table.name}\n\n${table.about}\n`
  if (table.kind === 'view') return `${title}\nA view: ${table.columns.map((each) => `\`${each.name}\``).join(', ')}.\n`
  const rows = table.columns.map(
    (each) =>
      `| ${each.name} | ${each.type}${each.nullable ? '' : ' not null'} | ${cell(each.value ?? '')} | ${cell(each.about)} |`,
  )
  return `${title}
| Column | Type | Default | |
|---|---|---|---|
${rows.join('\n')}

${list('Rules', table.keys)}${list('Indexes', table.indexes)}${list('Policies', table.policies)}`
}

function list(name: string, lines: readonly string[]): string {
  if (lines.length === 0) return ''
  return `${name}:\n\n${lines.map((line) => `- \`${line}\``).join('\n')}\n\n`
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll(/\s+/g, ' ')
}
