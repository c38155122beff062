import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { cp, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { test } from 'vitest'
import { projectRoot, temporaryFolder } from './support/folders.ts'

/** The pages of `docs/how-to`, followed for a room `weather`, a type of object `recipe`, and a screen that shows them. */
const added: Readonly<Record<string, string>> = {
  'main/engine/weather/README.md': '# weather: how each day was\n',
  'main/engine/weather/index.ts': `export { room } from './room.ts'\n`,
  'main/engine/weather/room.ts': `import type { Database } from '../database/index.ts'

/** What \`weather\` does in an open vault. */
export function room({ database }: { readonly database: Database }) {
  return { daily: async (): Promise<void> => void (await database.asService((tx) => tx.query('select 1 as x'))) }
}
`,
  'migrations/9000-recipes.sql': `-- Recipes: a type of object like the others.

-- migrate:up
create table vault.recipes (
  id uuid primary key default core.new_id(),
  user_id uuid not null references core.users (id) on delete cascade,
  title text not null check (length(title) between 1 and 500),
  ingredients text,
  source text
);
comment on table vault.recipes is 'How things are cooked.';
comment on column vault.recipes.title is 'What it is called.';
comment on column vault.recipes.ingredients is 'What goes into it.';
comment on column vault.recipes.source is 'Whence it is.';
call core.own('vault.recipes', 'recipe');
create function read.recipe_entries(ids uuid[]) returns setof read.entries language sql stable as
$$
  select o.user_id, 'recipe'::text, o.id, o.title, o.created_at, null::timestamp, null::integer, null::text, 1::real,
         core.words(o.title, core.joined(o.ingredients, o.source))
  from vault.recipes o where o.deleted_at is null and (ids is null or o.id = any (ids))
$$;
call read.keep('vault.recipes', 'recipe');

-- migrate:down
drop function read.recipe_entries(uuid[]) cascade;
call core.disown('vault.recipes', 'recipe');
`,
  'main/contract/object-types/recipe.ts': `import { body, label, named, objectType } from '../fields.ts'

/** How something is cooked. */
export const recipe = objectType({
  path: 'recipes',
  sort: 'title',
  title: ['title'],
  fields: { title: named(500), ingredients: body, source: label(500) },
})
`,
  'renderer/screens/recipes/screen.tsx': `import { Tag } from 'lucide-react'
import { SidebarEntry } from '../../components/SidebarEntry.tsx'
import { t } from '../../messages/translate.ts'
import { hrefOf } from '../../route.ts'
import type { EntryProps, Screen } from '../../screen.ts'

declare module '../../route.ts' {
  interface ScreenNames {
    readonly recipes: true
  }
}

export const recipesScreen: Screen = {
  name: 'recipes',
  Entry,
  shortcut: { keys: 'G R', meaning: 'type.recipe' },
  draw: () => <h1>{t('type.recipe')}</h1>,
}

function Entry({ isCurrent }: EntryProps) {
  return <SidebarEntry href={hrefOf('recipes')} name={t('type.recipe')} icon={<Tag />} isCurrent={isCurrent} />
}
`,
  'test/api/recipes.test.ts': `import assert from 'node:assert/strict'
import { test } from 'vitest'
import { addressOf, apiRoot, endpointsOf, readAnswer } from '../../main/contract/index.ts'
import { testVault } from '../support/engine.ts'

test('a recipe is made, listed, changed, trashed and brought back', async (t) => {
  const vault = await testVault(t)
  const made = await vault.ask<{ id: string }>('POST', '/recipes', { title: 'Soup', ingredients: 'leek' })
  assert.equal(made.status, 201, JSON.stringify(made.body))
  const { list } = endpointsOf('recipe')
  const items = async (): Promise<readonly string[]> => {
    const { body } = await vault.raw('GET', addressOf(list, { query: {} }).replace(apiRoot, ''))
    return readAnswer(list, JSON.parse(body)).items.map(({ title }) => title)
  }
  assert.deepEqual(await items(), ['Soup'])
  await vault.ask('PATCH', \`/recipes/\${made.body.id}\`, { title: 'Leek soup' })
  assert.deepEqual(await items(), ['Leek soup'])
  const { items: found } = await vault.get<{ items: { type: string; title: string }[] }>('/search?q=leek')
  assert.deepEqual(found.map(({ type, title }) => [type, title]), [['recipe', 'Leek soup']])
  await vault.ask('DELETE', \`/recipes/\${made.body.id}\`)
  assert.deepEqual(await items(), [])
  const { items: trashed } = await vault.get<{ items: { type: string; title: string }[] }>('/trash/objects')
  assert.deepEqual(trashed.map(({ type, title }) => [type, title]), [['recipe', 'Leek soup']])
  await vault.ask('POST', '/trash/objects/restore', { items: [{ type: 'recipe', id: made.body.id }] })
  assert.deepEqual(await items(), ['Leek soup'])
})
`,
}

/** The lines that the pages ask for elsewhere: what stands there, and what follows it then. */
const lines: readonly (readonly [file: string, after: string, more: string])[] = [
  [
    'main/engine/rooms.ts',
    `import { room as watchRoom } from './watch/index.ts'\n`,
    `import { room as weatherRoom } from './weather/index.ts'\n`,
  ],
  ['main/engine/rooms.ts', `    all: [changes,`, ` weatherRoom(vault),`],
  ['test/architecture.test.ts', `  changes: ['database'],\n`, `  weather: ['database'],\n`],
  ['test/architecture.test.ts', `const first = ['objects', 'jobs', 'changes'`, `, 'weather'`],
  [
    'main/contract/objects.ts',
    `import { profileAttribute } from './object-types/profile-attribute.ts'\n`,
    `import { recipe } from './object-types/recipe.ts'\n`,
  ],
  ['main/contract/objects.ts', `  health_record: healthRecord,\n`, `  recipe,\n`],
  [
    'main/engine/objects/rules.ts',
    `  health_record: { table: 'vault.health_records' },\n`,
    `  recipe: { table: 'vault.recipes' },\n`,
  ],
  ['renderer/messages/en/general.ts', `  'type.health_record': 'Health record',\n`, `  'type.recipe': 'Recipe',\n`],
  [
    'renderer/messages/en/general.ts',
    `  'object.health-records': 'a health record',\n`,
    `  'object.recipes': 'a recipe',\n`,
  ],
  [
    'renderer/messages/de/general.ts',
    `  'object.health-records': 'ein Gesundheitswert',\n`,
    `  'object.recipes': 'ein Rezept',\n`,
  ],
  ['renderer/messages/de/general.ts', `  'type.health_record': 'Gesundheitswert',\n`, `  'type.recipe': 'Rezept',\n`],
  [
    'renderer/frame/screens.ts',
    `import { importsScreen } from '../screens/imports/screen.tsx'\n`,
    `import { recipesScreen } from '../screens/recipes/screen.tsx'\n`,
  ],
  ['renderer/frame/screens.ts', `  importsScreen,\n`, `  recipesScreen,\n`],
  ['renderer/screens/trash/TrashedObjects.tsx', `  health_record: <HeartPulse />,\n`, `  recipe: <Tag />,\n`],
]

const notCopied = new Set(['.git', 'node_modules', 'out', 'build', 'dist'])

test('a room, a type of object, its words and a screen are added as the pages say, and all checks pass', async (t) => {
  const copy = await temporaryFolder(t)
  await cp(projectRoot, copy, {
    recursive: true,
    filter: (path) =>
      !relative(projectRoot, path)
        .split(/[\\/]/)
        .some((part) => notCopied.has(part)),
  })
  await symlink(join(projectRoot, 'node_modules'), join(copy, 'node_modules'))
  for (const [path, text] of Object.entries(added)) {
    await mkdir(dirname(join(copy, path)), { recursive: true })
    await writeFile(join(copy, path), text)
  }
  for (const [path, after, more] of lines) {
    const text = await readFile(join(copy, path), 'utf8')
    assert.ok(text.includes(after), `${path} has no line “${after.trim()}”`)
    await writeFile(join(copy, path), text.replace(after, after + more))
  }
  const run = (...args: readonly string[]): void => {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', ...args], {
      cwd: copy,
      encoding: 'utf8',
      // The runner's own settings are of this run.
      env: { ...process.env, NODE_OPTIONS: '', VITEST: '' },
    })
    assert.equal(status, 0, `${args.join(' ')}\n${stdout}\n${stderr}`)
  }
  const bin = (name: string): string => join(projectRoot, 'node_modules', '.bin', name)
  run('main/engine/database/build-image.ts')
  for (const part of ['main/contract', 'main/engine', 'renderer', 'tsconfig.json']) run(bin('tsc'), '-p', part)
  run(bin('oxlint'))
  run(
    join(projectRoot, 'node_modules/vitest/vitest.mjs'),
    'run',
    '--config',
    'test/vitest.config.ts',
    '--reporter=dot',
    'test/architecture.test.ts',
    'test/house.test.ts',
    'test/api/recipes.test.ts',
  )
  await rm(join(copy, 'node_modules'))
})
