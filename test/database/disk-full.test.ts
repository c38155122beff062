import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  rmSync,
  statfsSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'vitest'
import { assertRoom, createDatabase } from '../../main/engine/database/index.ts'
import { folderBytes } from '../../main/engine/database/safety/folder-bytes.ts'
import { makeLarge } from '../support/large-database.ts'
import { addUser, atEnd, codeOf, prepareImage, reopen, temporaryFolder } from './support.ts'

process.env['COFFER_MIN_FREE_MB'] = '40'

/** A disk of its own of so many megabytes, or why there is none. */
function smallDisk(t: TestContext, megabytes: number): string | undefined {
  const folder = join(temporaryFolder(t), 'disk')
  mkdirSync(folder)
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder], { stdio: 'pipe' })
  } catch (error) {
    t.skip(`no small disk can be mounted here: ${String(error).split('\n')[0]}`)
    return undefined
  }
  atEnd(t, () => execFileSync('umount', ['-l', folder]))
  return folder
}

/** Takes all the room there is. */
function fill(file: string): void {
  const fd = openSync(file, 'w')
  for (const size of [1 << 20, 4096]) {
    try {
      for (;;) writeSync(fd, Buffer.alloc(size, 1))
    } catch {
      // Full: that is what it is for.
    }
  }
  closeSync(fd)
}

test('a vault is not begun on a disk without room', async (t) => {
  const disk = smallDisk(t, 30)
  if (disk === undefined) return
  assert.equal(await codeOf(createDatabase({ vaultDir: disk })), 'disk-full')
  assert.equal(await codeOf(assertRoom(disk, 0)), 'disk-full')
})

test('a disk that fills up loses nothing, and all goes on when there is room', { timeout: 300_000 }, async (t) => {
  const disk = smallDisk(t, 160)
  if (disk === undefined) return
  await prepareImage()
  const dir = join(disk, 'vault')
  mkdirSync(dir)
  const database = await createDatabase({ vaultDir: dir })
  atEnd(t, () => database.close())
  const user = await addUser(database, 'ann')
  fill(join(disk, 'other'))
  let saved = 0
  const add = () =>
    database.write(user, (tx) =>
      tx.execute(
        `insert into vault.albums (user_id, name, description)
         select $1, 'n', (select string_agg(md5(n::text || i || $2), '') from generate_series(1, 30) i)
         from generate_series(1, 200) n`,
        [user, String(saved)],
      ),
    )
  const filling = async () => {
    for (;;) saved += await add()
  }
  assert.equal(await codeOf(filling()), 'disk-full')
  rmSync(join(disk, 'other'))
  const count = () => database.read(user, (tx) => tx.one<{ n: number }>('select count(*) as n from vault.albums'))
  assert.equal((await count())?.n, saved)
  saved += await add()
  assert.equal((await count())?.n, saved)
  await database.close()
  const opened = await reopen(t, dir)
  assert.deepEqual(await opened.read(user, (tx) => tx.one('select count(*) as n from vault.albums')), { n: saved })
})

test('a dump that finds no room beside the database is taken all the same, and the log says so', async (t) => {
  const disk = smallDisk(t, 240)
  if (disk === undefined) return
  await prepareImage()
  const dir = join(disk, 'vault')
  mkdirSync(dir)
  const events: string[] = []
  const note = (event: string): void => void (event === 'dump-holds-database' && events.push(event))
  const database = await createDatabase({ vaultDir: dir, log: { debug: note, info: note, warn: note, error: note } })
  atEnd(t, () => database.close())
  const user = await addUser(database, 'ann')
  await makeLarge(database)
  const dumped = async () => (await database.snapshot((tx) => tx.dump(async () => {}))).tables['core.users']
  assert.equal(await dumped(), 1)
  assert.deepEqual(events, [])
  // Less and less room: none for a clone beside what is kept free, none for a clone, next to none.
  const { bavail, bsize } = statfsSync(disk)
  const keep = Number(process.env['COFFER_MIN_FREE_MB'])
  const size = Math.ceil((await folderBytes(join(dir, 'database'))) / 1_000_000)
  for (const [index, left] of [size + 28, size - 1, 8].entries()) {
    // What the room set aside for other things would hide.
    process.env['COFFER_MIN_FREE_MB'] = index === 0 ? String(keep) : '1'
    const other = join(disk, 'other')
    writeFileSync(other, Buffer.alloc(bavail * bsize - left * 1_000_000))
    assert.equal(await dumped(), 1, `with ${left} MB left`)
    assert.deepEqual(existsSync(join(dir, 'scratch')) ? readdirSync(join(dir, 'scratch')) : [], [])
    rmSync(other)
  }
  process.env['COFFER_MIN_FREE_MB'] = String(keep)
  assert.equal(events.length, 3)
  assert.deepEqual(await database.read(user, (tx) => tx.query('select username from core.users')), [
    { username: 'ann' },
  ])
})
