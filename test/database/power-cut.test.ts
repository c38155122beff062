import assert from 'node:assert/strict'
import { cpSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'vitest'
import { connect } from '../../main/engine/database/connection/connection.ts'
import { unpackImage } from '../../main/engine/database/migrate/image.ts'
import { messageOf } from '../../main/engine/base/errors.ts'
import { readJournal, rebuildAfterCut, seededChance, type JournalLine } from './power-cut.ts'
import { prepareImage, temporaryFolder } from './support.ts'

const cuts = Number(process.env['COFFER_POWER_CUTS'] ?? 10)
const seed = Number(process.env['COFFER_POWER_CUT_SEED'] ?? Date.now() % 1_000_000)
const rows = 300

interface Recording {
  readonly base: string
  readonly journal: readonly JournalLine[]
  /** `acknowledged[n]` is where the journal stood when row n + 1 was acknowledged. */
  readonly acknowledged: readonly number[]
  readonly firstOperation: number
}

/** Saves rows with checkpoints in between while everything done to the disk is written down. */
async function record(folder: string, preload: string): Promise<Recording> {
  await unpackImage(folder)
  const dataDir = join(folder, 'database')
  const base = join(folder, 'base')
  const first = await connect({ dataDir, mayInitialise: false })
  await first.exec('create table public.kept (id integer primary key, body text not null)')
  await first.close()
  cpSync(dataDir, base, { recursive: true })
  const connection = await connect({ dataDir, mayInitialise: false, preload })
  let started = 0
  const acknowledged: number[] = []
  try {
    started = statSync(`${dataDir}.journal`).size
    for (let id = 1; id <= rows; id += 1) {
      await connection.query(`insert into public.kept values ($1::integer, repeat(md5($1::integer::text), 30))`, [id])
      acknowledged.push(statSync(`${dataDir}.journal`).size)
      if (id % 50 === 0) await connection.exec('checkpoint')
    }
  } finally {
    await connection.kill()
  }
  const journal = readJournal(`${dataDir}.journal`)
  return { base, journal, acknowledged, firstOperation: journal.findIndex((entry) => entry.end > started) }
}

/** What is wrong with the database after a power cut, or nothing. */
async function faultAfter(
  folder: string,
  recording: Recording,
  cut: number,
  chance: () => number,
): Promise<string | null> {
  const dataDir = join(folder, 'after')
  rmSync(dataDir, { recursive: true, force: true })
  rebuildAfterCut(recording.base, dataDir, recording.journal, cut, chance)
  const reached = recording.journal[cut - 1]?.end ?? 0
  const safe = recording.acknowledged.filter((end) => end <= reached).length
  let connection
  try {
    connection = await connect({ dataDir, mayInitialise: false })
    const scan = `select count(*) filter (where id <= ${safe}) as safe, count(*) as n, coalesce(max(id), 0) as last,
      count(*) filter (where body <> repeat(md5(id::text), 30)) as wrong from public.kept`
    await connection.exec('set enable_indexscan = off; set enable_bitmapscan = off; set enable_indexonlyscan = off')
    const { rows: whole } = await connection.query(scan)
    await connection.exec('reset all; set enable_seqscan = off')
    const { rows: indexed } = await connection.query(`${scan} where id > 0`)
    const found = whole[0] as { safe: number; n: number; last: number; wrong: number }
    if (found.safe !== safe) return `${found.safe} of ${safe} acknowledged rows`
    if (found.n !== found.last || found.wrong !== 0) return `rows are inconsistent: ${JSON.stringify(found)}`
    if (JSON.stringify(indexed[0]) !== JSON.stringify(found)) return `the index says ${JSON.stringify(indexed[0])}`
    return null
  } catch (error) {
    return messageOf(error)
  } finally {
    await connection?.kill()
  }
}

async function faultsOf(t: TestContext, query: string, count: number): Promise<string[]> {
  const folder = temporaryFolder(t)
  await prepareImage()
  const recording = await record(folder, new URL(`./disk-journal.ts${query}`, import.meta.url).href)
  assert.ok(recording.journal.length > rows, 'the journal saw the work')
  const chance = seededChance(seed)
  const faults: string[] = []
  for (let index = 0; index < count; index += 1) {
    const span = recording.journal.length - recording.firstOperation
    const cut = recording.firstOperation + 1 + Math.floor(chance() * span)
    const fault = await faultAfter(folder, recording, Math.min(cut, recording.journal.length), chance)
    if (fault !== null) faults.push(`cut ${cut} of seed ${seed}: ${fault}`)
  }
  return faults
}

test(`after ${cuts} power cuts every acknowledged row is there`, async (t) => {
  assert.deepEqual(await faultsOf(t, '', cuts), [])
})

test('the simulator catches a database that never syncs', async (t) => {
  const faults = await faultsOf(t, '?lying', 4)
  await t.annotate(faults.join('\n'))
  assert.notEqual(faults.length, 0)
})
