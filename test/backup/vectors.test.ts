import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { cp, readFile, readdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { test } from 'vitest'
import {
  checkRepository,
  openRepository,
  proveSnapshot,
  restoreFiles,
  restoreVault,
} from '../../main/engine/backup/index.ts'
import { openDatabase } from '../../main/engine/database/index.ts'
import { temporaryFolder } from '../support/folders.ts'
import { never } from './support.ts'

const vectors = resolve(import.meta.dirname, '../vectors/backup')
const expected = {
  'one.jpg': '0cde04785a714cedcba482978856ce12b87ede6aa44aa058f3f5e8a261b95086',
  'two.jpg': 'ea6cc352315d09f09e1c6da3c81be93438eb44da1dfae9d9e12e843ae2dbb613',
}

for (const [name, pictures] of [
  // Made before snapshots said what each table holds.
  ['repository', 0],
  ['with-thumbnails', 4],
] as const) {
  test(`the ${name} of format 1 is read by every later program`, async (t) => {
    const folder = await temporaryFolder(t)
    const dir = join(folder, 'repository')
    await cp(join(vectors, name), dir, { recursive: true })
    const passphrase = (await readFile(join(vectors, 'passphrase.txt'), 'utf8')).trim()
    const repository = await openRepository(dir, { passphrase })
    const checked = await checkRepository(repository, { readData: true, signal: never })
    assert.deepEqual([checked.snapshots, checked.damage, checked.lost], [1, [], []])
    assert.deepEqual((await proveSnapshot(repository, { signal: never })).problems, [])
    const some = join(folder, 'some')
    await restoreFiles(repository, some, ['Both'], { signal: never })
    const found: Record<string, string> = {}
    for (const file of (await readdir(some)).toSorted()) {
      found[file] = createHash('sha256')
        .update(await readFile(join(some, file)))
        .digest('hex')
    }
    assert.deepEqual(found, expected)
    const vault = join(folder, 'vault')
    await restoreVault(repository, vault, { signal: never })
    const users = await readdir(join(vault, 'users'), { recursive: true })
    assert.equal(users.filter((path) => /\.(grid|viewer)$/.test(path)).length, pictures)
    await using database = await openDatabase({ vaultDir: vault })
    const albums = await database.asService((tx) => tx.query(`select name, media_count as count from vault.albums`))
    assert.deepEqual(albums, [{ name: 'Both', count: 2 }])
  })
}
