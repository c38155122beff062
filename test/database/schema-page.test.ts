import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'vitest'
import { connect } from '../../main/engine/database/connection/connection.ts'
import { unpackImage } from '../../main/engine/database/migrate/image.ts'
import { schemaPage } from '../../main/engine/database/migrate/schema-page.ts'
import { projectRoot } from '../support/folders.ts'
import { atEnd, prepareImage, temporaryFolder } from './support.ts'

test('docs/schema.md says what the database is; “npm run schema” writes it again', async (t) => {
  await prepareImage()
  const folder = temporaryFolder(t)
  await unpackImage(folder)
  const connection = await connect({ dataDir: join(folder, 'database'), mayInitialise: false })
  atEnd(t, () => connection.kill())
  const page = await schemaPage(connection)
  assert.equal((await readFile(join(projectRoot, 'docs/schema.md'), 'utf8')).replaceAll('\r\n', '\n'), page)
  for (const said of [
    '### vault.media\n',
    '### orbital.media\n',
    'erDiagram',
    'vault_tasks',
    '| hash | text not null |',
  ]) {
    assert.ok(page.includes(said), said)
  }
})
