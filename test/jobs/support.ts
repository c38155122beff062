import { rm } from 'node:fs/promises'
import type { TestContext } from 'vitest'
import { createDatabase, type Database } from '../../main/engine/database/index.ts'
import { prepareImage } from '../database/support.ts'
import { temporaryFolder } from '../support/folders.ts'

/** An empty database that goes when the test ends. */
export async function openTestDatabase(t: TestContext): Promise<Database> {
  await prepareImage()
  const dir = await temporaryFolder(t)
  const database = await createDatabase({ vaultDir: dir })
  t.onTestFinished(async () => {
    await database.close()
    await rm(dir, { recursive: true, force: true, maxRetries: 3 })
  })
  return database
}
