import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { syncFolder, syncTree } from '../base/durable.ts'
import { connect, type Connection } from './connection.ts'
import { dump } from './dump.ts'
import { removeFacts } from './facts.ts'
import { folderBytes } from './folder-bytes.ts'
import { hasFreshImage, unpackImage } from './image.ts'
import { countRows, loadRows } from './load.ts'
import { applyMigrations, appliedMigrations, readMigrations } from './migrations.ts'
import { assertRoom } from './room.ts'
import { adoptSnapshot, dropOldSnapshots, restoreSnapshot } from './snapshot.ts'

/** Where the new database is made; worthless until it is renamed, and swept at the next open. */
export const rebuiltFolder = 'database.rebuilt'

/**
 * Writes the whole database anew and puts it in the old one's place, so that nothing of removed rows is left on the disk:
 * not in free space, not in the log, not in statistics, not in copies set aside. Until the very end the old one is the
 * database; killed at any moment, the next open has one of the two. Returns the connection to go on with; on failure there is
 * none, and the old database is as it was.
 */
export async function rebuild(vaultDir: string, open: Connection): Promise<Connection> {
  const scratch = join(vaultDir, rebuiltFolder)
  await assertRoom(vaultDir, await folderBytes(join(vaultDir, 'database')))
  try {
    await rm(scratch, { recursive: true, force: true })
    await mkdir(scratch, { mode: 0o700 })
    await copyInto(scratch, open)
    await open.exec('checkpoint')
  } catch (error) {
    await rm(scratch, { recursive: true, force: true }).catch(() => {})
    throw error
  } finally {
    await open.close()
  }
  // Facts of the old database would accuse the new one, whose log begins anew.
  await removeFacts(vaultDir)
  await adoptSnapshot(vaultDir, join(scratch, 'database'))
  await restoreSnapshot(vaultDir)
  await dropOldSnapshots(vaultDir)
  await rm(scratch, { recursive: true, force: true })
  await syncFolder(vaultDir)
  return connect({ dataDir: join(vaultDir, 'database'), mayInitialise: false })
}

async function copyInto(scratch: string, from: Connection): Promise<void> {
  const migrations = await readMigrations()
  const version = (await appliedMigrations(from)).length
  const hasImage = version === migrations.length && (await hasFreshImage())
  if (hasImage) await unpackImage(scratch)
  const dataDir = join(scratch, 'database')
  const to = await connect({ dataDir, mayInitialise: !hasImage })
  try {
    if (!hasImage) await applyMigrations(to, migrations.slice(0, version))
    const { lines, dumped } = dumpedLines(from)
    const tables = await loadRows(to, lines)
    const expected = (await dumped).tables
    const found = await countRows(to, tables)
    const lost = Object.keys(expected).filter((table) => found[table] !== expected[table])
    if (lost.length > 0) throw new Error(`the new database lost rows of ${lost.join(', ')}`)
    await to.exec('checkpoint')
  } finally {
    await to.close()
  }
  await syncTree(dataDir)
}

/** What `dump` writes, line by line, while it writes: neither waits in memory for the other. */
function dumpedLines(from: Connection): { lines: AsyncGenerator<string>; dumped: ReturnType<typeof dump> } {
  const queue: string[] = []
  let isOver = false
  let wake: () => void = () => {}
  let drained: () => void = () => {}
  const dumped = (async () => {
    await from.exec('begin isolation level repeatable read read only')
    try {
      return await dump(from, async (text) => {
        queue.push(text)
        wake()
        if (queue.length > 8) await new Promise<void>((resolve) => (drained = resolve))
      })
    } finally {
      isOver = true
      wake()
      await from.exec('rollback')
    }
  })()
  // A failure is thrown where it is awaited; until then it must not count as unhandled.
  dumped.catch(() => {})
  async function* lines(): AsyncGenerator<string> {
    let rest = ''
    for (;;) {
      const text = queue.shift()
      if (text === undefined) {
        if (isOver) break
        drained()
        await new Promise<void>((resolve) => (wake = resolve))
        continue
      }
      drained()
      const all = (rest + text).split('\n')
      rest = all.pop() ?? ''
      yield* all
    }
    await dumped
    if (rest !== '') yield rest
  }
  return { lines: lines(), dumped }
}
