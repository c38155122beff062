import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { connect } from './connection/connection.ts'
import { buildDatabaseImage, hasFreshImage, imagePath, unpackImage } from './migrate/image.ts'
import { schemaPage } from './migrate/schema-page.ts'

/** Run from the root of a checkout: writes docs/schema.md from a database made by the migrations. */
if (!(await hasFreshImage())) await buildDatabaseImage(join(resolve('.'), imagePath))
const folder = await mkdtemp(join(tmpdir(), 'coffer-schema-'))
try {
  await unpackImage(folder)
  const connection = await connect({ dataDir: join(folder, 'database'), mayInitialise: false })
  await writeFile('docs/schema.md', await schemaPage(connection))
  await connection.close()
} finally {
  await rm(folder, { recursive: true, force: true })
}
