import { syncTree } from '../../base/durable.ts'
import type { Connection } from '../connection/connection.ts'
import { dump } from './dump.ts'
import { openFresh } from '../migrate/fresh.ts'
import { countRows, loadRows } from './load.ts'
import { dataDirOf, type LocalDatabaseLocation } from '../location.ts'

/** Makes a database in an empty folder, at a version of the schema, and fills it with the rows of another; it ends closed and on the disk. */
export async function makeCopy(
  location: LocalDatabaseLocation,
  from: Connection,
  version: number,
  goOn: () => void = () => {},
): Promise<void> {
  const to = await openFresh(location, version, { isSynced: false })
  try {
    await copyRows(from, to, goOn)
    await to.exec('checkpoint')
  } finally {
    await to.close()
  }
  await syncTree(dataDirOf(location))
}

/** Fills a database that has its schema with the rows of another, and counts them. What `goOn` throws ends it. */
export async function copyRows(from: Connection, to: Connection, goOn: () => void = () => {}): Promise<void> {
  const { lines, dumped } = dumpedLines(from, goOn)
  const tables = await loadRows(to, lines).catch(async (error: unknown) => {
    await dumped.catch(() => {})
    throw error
  })
  const expected = (await dumped).tables
  const found = await countRows(to, tables)
  const lost = Object.keys(expected).filter((table) => found[table] !== expected[table])
  if (lost.length > 0) throw new Error(`the new database lost rows of ${lost.join(', ')}`)
}

/** The lines that `dump` writes, while it writes: neither waits in memory for the other. */
function dumpedLines(
  from: Connection,
  goOn: () => void,
): { lines: AsyncGenerator<readonly string[]>; dumped: ReturnType<typeof dump> } {
  const queue: string[] = []
  let isOver = false
  let isAbandoned = false
  let wake: () => void = () => {}
  let drained: () => void = () => {}
  const dumped = (async () => {
    await from.exec('begin isolation level repeatable read read only')
    try {
      return await dump(from, async (part) => {
        goOn()
        if (isAbandoned) throw new Error('nobody reads what is dumped')
        queue.push(part.toString())
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
  async function* lines(): AsyncGenerator<readonly string[]> {
    try {
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
        yield all
      }
      await dumped
      if (rest !== '') yield [rest]
    } finally {
      isAbandoned = true
      drained()
    }
  }
  return { lines: lines(), dumped }
}
