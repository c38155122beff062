import assert from 'node:assert/strict'
import { readFile, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'vitest'
import { gunzipSync, gzipSync } from 'node:zlib'
import { forgetSnapshots, proveSnapshot, prune, restoreVault, type Repository } from '../../main/engine/backup/index.ts'
import { ageOpener, ageSealer } from '../../main/engine/keys/index.ts'
import { never, vaultWithRepository } from './support.ts'

const signal = never

async function opened(file: Buffer, identity: string): Promise<Buffer> {
  const parts: Buffer[] = []
  const take = (part: Buffer): void => void parts.push(Buffer.from(part))
  const opener = await ageOpener(file, { identities: [identity] })
  opener.update(file.subarray(opener.headBytes), take)
  opener.final(take)
  return Buffer.concat(parts)
}

async function sealed(bytes: Buffer, recipient: string): Promise<Buffer> {
  const sealer = await ageSealer([recipient])
  const parts: Buffer[] = [sealer.head]
  const take = (part: Buffer): void => void parts.push(Buffer.from(part))
  sealer.update(bytes, take)
  sealer.final(take)
  return Buffer.concat(parts)
}

/** The same snapshot with one word of its dump changed, as a backup program that writes wrong rows would have made it. */
async function withOtherRows({ store, identity, recipient }: Repository, name: string): Promise<string> {
  const tar = gunzipSync(await opened(await readFile(store.path('snapshots', name)), identity))
  const at = tar.indexOf('photo 1.jpg', tar.indexOf('copy vault.media '))
  assert.ok(at > 0)
  tar.write('photo 9.jpg', at)
  return store.put('snapshots', await sealed(gzipSync(tar), recipient))
}

test('a proof finds rows that are not those that were backed up', async (t) => {
  const vault = await vaultWithRepository(t, 2)
  const { snapshot } = await vault.backup()
  assert.deepEqual((await proveSnapshot(vault.repository, { signal })).problems, [])
  const wrong = await withOtherRows(vault.repository, snapshot)
  const { problems } = await proveSnapshot(vault.repository, { signal, snapshot: wrong })
  assert.deepEqual(problems, ['vault.media differs from what was backed up.'])
})

test('small pictures are backed up where that is wanted, once, and are there after a restore', async (t) => {
  const vault = await vaultWithRepository(t, 3)
  const users = join(vault.dir, 'users')
  const pictures = async (dir: string): Promise<string[]> =>
    (await readdir(dir, { recursive: true })).filter((path) => /\.(grid|viewer)$/.test(path)).toSorted()
  assert.equal((await pictures(users)).length, 8)
  const plain = await vault.backup()
  const first = await vault.backup({ withThumbnails: true })
  const again = await vault.backup({ withThumbnails: true })
  assert.ok(first.addedBytes > again.addedBytes + 10_000, 'nothing is saved twice')
  assert.deepEqual([first.files, first.problems], [plain.files, []], 'they do not count as originals')

  const [gone = ''] = await pictures(users)
  await rm(join(users, gone))
  assert.deepEqual((await vault.backup({ withThumbnails: true })).problems, [], 'one that is missing is made again')

  await forgetSnapshots(vault.repository, { names: [plain.snapshot] })
  assert.equal((await prune(vault.repository)).removedPacks, 0)
  const to = join(vault.folder, 'restored')
  const restored = await restoreVault(vault.repository, to, { signal, snapshot: first.snapshot })
  assert.deepEqual([restored.files, restored.lost], [4, []])
  const there = await pictures(join(to, 'users'))
  assert.equal(there.length, 8)
  const same = there.find((path) => path !== gone) ?? ''
  assert.deepEqual(await readFile(join(to, 'users', same)), await readFile(join(users, same)))
})
