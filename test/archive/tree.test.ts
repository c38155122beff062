import assert from 'node:assert/strict'
import { readFile, readdir, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { Header } from 'tar'
import { test } from 'vitest'
import { ZipFile } from 'yazl'
import { counter, safePath } from '../../main/engine/archive/entry-name.ts'
import { items, jsonOf } from '../../main/engine/archive/json.ts'
import { openTree } from '../../main/engine/archive/open-tree.ts'
import { CofferError } from '../../main/engine/base/errors.ts'
import { temporaryFolder } from '../support/folders.ts'
import { fileOf, folderOf, tarOf, treeOf, zipOf } from './fixtures.ts'

const files = { 'top/a.json': '[1]', 'top/b/c.txt': 'text', 'top/empty': '' }

function hasCode(code: string): (error: unknown) => boolean {
  return (error) => error instanceof CofferError && error.code === code
}

/** A zip whose first name is another, of the same length. */
async function renamed(path: string, from: string, to: string): Promise<Buffer> {
  assert.equal(from.length, to.length)
  return Buffer.from((await readFile(path)).toString('latin1').replaceAll(from, to), 'latin1')
}

/** A tar of such entries, put together by hand. */
function rawTar(
  entries: readonly { path: string; type?: string; linkpath?: string; content?: string; mode?: number }[],
): Buffer {
  const blocks = entries.flatMap(({ path, type = 'File', linkpath = '', content = '', mode = 0o644 }) => {
    const head = Buffer.alloc(512)
    const facts = { path, type: type as 'File', linkpath, size: content.length, mode }
    new Header({ ...facts, mtime: new Date(0) }).encode(head)
    return [head, Buffer.alloc(Math.ceil(content.length / 512) * 512, content)]
  })
  return Buffer.concat([...blocks, Buffer.alloc(1024)])
}

test('a folder, a zip and a tar of the same files are the same tree', async (t) => {
  for (const path of [await folderOf(t, files), await zipOf(t, files), await tarOf(t, files)]) {
    const tree = await treeOf(t, path)
    assert.deepEqual(
      tree.files().map(({ path, size }) => [path, size]),
      [
        ['a.json', 3],
        ['b/c.txt', 4],
        ['empty', 0],
      ],
    )
    assert.equal((await tree.find('b/c.txt')?.bytes())?.toString(), 'text')
    assert.equal((await tree.find('empty')?.bytes())?.length, 0)
    assert.equal(tree.find('B/c.txt'), null)
    await assert.rejects(async () => tree.find('b/c.txt')?.bytes(3), hasCode('archive-damaged'))
  }
})

test('a single file is a tree, and parts of one export are one', async (t) => {
  const single = await treeOf(t, await fileOf(t, 'repo.car', Buffer.from('abc')))
  assert.deepEqual(
    single.files().map(({ path }) => path),
    ['repo.car'],
  )
  const one = await zipOf(t, { 'x-1/data/a.js': 'a', 'x-1/data/same': '1' }, 'one.zip')
  const two = await zipOf(t, { 'x-2/data/b.js': 'b', 'x-2/data/same': '2', '__MACOSX/._x': '' }, 'two.zip')
  const merged = await treeOf(t, one, two)
  assert.deepEqual(
    merged.files().map(({ path }) => path),
    ['data/a.js', 'data/b.js', 'data/same'],
  )
  assert.equal((await merged.find('data/same')?.bytes())?.toString(), '2')
  assert.equal(merged.name, 'one.zip')
})

test('the folder of an unpacked tar goes with the tree', async (t) => {
  const scratch = await temporaryFolder(t)
  {
    await using tree = await openTree([await tarOf(t, files)], scratch)
    assert.equal(tree.files().length, 3)
    assert.equal((await readdir(scratch)).length, 1)
  }
  assert.deepEqual(await readdir(scratch), [])
})

test('names that lead elsewhere are left out', async (t) => {
  const bad = ['../a', 'a/../../b', '/etc/passwd', 'C:\\x', 'c:/x', 'a\\..\\b', 'a\0b', '', '/', '..']
  assert.deepEqual(
    bad.map(safePath),
    bad.map(() => null),
  )
  assert.equal(safePath('./a//b'), 'a/b')

  const zip = await zipOf(t, { 'xx/evil.txt': 'evil', 'ok.txt': 'ok' })
  for (const name of ['../evil.txt', '/x/evil.txt', 'C:\\evil.txt', 'a\0/evil.txt']) {
    const from = name.length === 11 ? 'xx/evil.txt' : 'xx/evil.txt'
    const bytes = await renamed(zip, from, name.padEnd(from.length, 'x').slice(0, from.length))
    const tree = await treeOf(t, await fileOf(t, 'bad.zip', bytes))
    assert.deepEqual(
      tree.files().map(({ path }) => path),
      ['ok.txt'],
      name,
    )
  }
  const scratch = await temporaryFolder(t)
  const tar = rawTar([
    { path: '../evil', content: 'evil' },
    { path: '/tmp/coffer-evil', content: 'evil' },
    { path: 'a\\evil', content: 'evil' },
    { path: 'link', type: 'SymbolicLink', linkpath: '/etc' },
    { path: 'link/evil', content: 'evil' },
    { path: 'hard', type: 'Link', linkpath: '/etc/passwd' },
    { path: 'pipe', type: 'FIFO' },
    { path: 'ok', content: 'ok' },
  ])
  await using tree = await openTree([await fileOf(t, 'bad.tar', tar)], scratch)
  assert.deepEqual(
    tree.files().map(({ path }) => path),
    ['link/evil', 'ok'],
  )
  assert.deepEqual((await readdir(scratch)).length, 1)
})

test('links in folders and zips are left out', async (t) => {
  const folder = await folderOf(t, { 'a.txt': 'a' })
  await symlink('/etc/passwd', join(folder, 'passwd'))
  await symlink('/etc', join(folder, 'etc'))
  assert.deepEqual(
    (await treeOf(t, folder)).files().map(({ path }) => path),
    ['a.txt'],
  )

  const zip = new ZipFile()
  zip.addBuffer(Buffer.from('/etc/passwd'), 'link', { mode: 0o120777 })
  zip.addBuffer(Buffer.from('a'), 'a.txt')
  zip.end()
  const bytes = Buffer.concat(await Array.fromAsync(zip.outputStream as unknown as AsyncIterable<Buffer>))
  const tree = await treeOf(t, await fileOf(t, 'links.zip', bytes))
  assert.deepEqual(
    tree.files().map(({ path }) => path),
    ['a.txt'],
  )
})

test('what is encrypted, cut off or no archive at all is refused', async (t) => {
  const path = await zipOf(t, { 'a.txt': 'a'.repeat(1000), 'b.txt': 'b' })
  const whole = await readFile(path)
  const refused = async (bytes: Buffer, code: string, name = 'x.zip'): Promise<void> => {
    const scratch = await temporaryFolder(t)
    await assert.rejects(openTree([await fileOf(t, name, bytes)], scratch), hasCode(code))
    assert.deepEqual(await readdir(scratch), [])
  }
  await refused(whole.subarray(0, whole.length / 2), 'archive-damaged')
  await refused(Buffer.from('no zip'), 'archive-damaged')
  const encrypted = Buffer.from(whole)
  const central = encrypted.indexOf(Buffer.from('PK\x01\x02', 'latin1'))
  encrypted.writeUInt16LE(encrypted.readUInt16LE(central + 8) | 1, central + 8)
  await refused(encrypted, 'archive-encrypted')

  const tar = await readFile(await tarOf(t, { 'a.txt': 'a'.repeat(50_000), 'b.txt': 'b' }))
  await refused(tar.subarray(0, tar.length - 20), 'archive-damaged', 'x.tar.gz')
  await refused(rawTar([{ path: 'a', content: 'a'.repeat(5000) }]).subarray(0, 2000), 'archive-damaged', 'x.tar')
  await refused(gzipSync(Buffer.from('no tar')), 'archive-damaged', 'x.tgz')
})

test('a file of a zip that gives other bytes than it says is damaged, and the others are not', async (t) => {
  const bytes = await readFile(await zipOf(t, { 'a.txt': 'a'.repeat(1000), 'b.txt': 'b' }))
  const less = Buffer.from(bytes)
  const central = less.indexOf(Buffer.from('PK\x01\x02', 'latin1'))
  less.writeUInt32LE(900, central + 24)
  const other = Buffer.from(bytes)
  other.writeUInt32LE(12345, central + 16)
  for (const bad of [less, other]) {
    const tree = await treeOf(t, await fileOf(t, 'bad.zip', bad))
    await assert.rejects(async () => tree.find('a.txt')?.bytes(), hasCode('archive-damaged'))
    assert.equal((await tree.find('b.txt')?.bytes())?.toString(), 'b')
  }
})

test('a list in a file that is damaged ends with a problem', async (t) => {
  const bytes = await readFile(await zipOf(t, { 'a.json': '[1,2]', 'b.txt': 'b' }))
  const central = bytes.indexOf(Buffer.from('PK\x01\x02', 'latin1'))
  bytes.writeUInt32LE(12345, central + 16)
  const file = (await treeOf(t, await fileOf(t, 'bad.zip', bytes))).find('a.json')
  assert.ok(file)
  assert.deepEqual(
    (await Array.fromAsync(items(file))).map(({ kind }) => kind),
    ['item', 'item', 'problem'],
  )
  assert.equal(await jsonOf(file), undefined)
})

test('bombs and endless archives are refused before they are unpacked', async (t) => {
  const bytes = await readFile(await zipOf(t, { 'a.json': '1'.repeat(2000) }))
  const central = bytes.indexOf(Buffer.from('PK\x01\x02', 'latin1'))
  bytes.writeUInt32LE(4e9, central + 24)
  const scratch = await temporaryFolder(t)
  await assert.rejects(openTree([await fileOf(t, 'bomb.zip', bytes)], scratch), hasCode('archive-damaged'))

  const bomb = gzipSync(rawTar([{ path: 'zero', content: '\0'.repeat(140e6) }]), { level: 9 })
  await assert.rejects(openTree([await fileOf(t, 'bomb.tgz', bomb)], scratch), hasCode('archive-damaged'))
  assert.deepEqual(await readdir(scratch), [])

  const few = counter({ entries: 2, bytes: 100 })
  few(50)
  assert.throws(() => few(51), hasCode('archive-damaged'))
  assert.throws(() => few(0), hasCode('archive-damaged'))
})

test('a zip of the newer, larger kind is read', async (t) => {
  const zip = new ZipFile()
  zip.addBuffer(Buffer.from('text'), 'ü/a.txt', { forceZip64Format: true })
  zip.end({ forceZip64Format: true, comment: '' })
  const bytes = Buffer.concat(await Array.fromAsync(zip.outputStream as unknown as AsyncIterable<Buffer>))
  const tree = await treeOf(t, await fileOf(t, 'large.zip', bytes))
  assert.equal((await tree.find('a.txt')?.bytes())?.toString(), 'text')
})

test('an archive inside of an archive is a file like any other', async (t) => {
  const inner = await readFile(await zipOf(t, { 'a.txt': 'a' }))
  const tree = await treeOf(t, await zipOf(t, { 'inner.zip': inner, 'b.txt': 'b' }))
  assert.deepEqual(
    tree.files().map(({ path }) => path),
    ['b.txt', 'inner.zip'],
  )
})

test('a tar that forbids reading its files is read', async (t) => {
  const path = await fileOf(t, 'x.tar', rawTar([{ path: 'a.txt', content: 'a', mode: 0 }]))
  assert.equal((await (await treeOf(t, path)).find('a.txt')?.bytes())?.toString(), 'a')
})
