import { dirname, join } from 'node:path'
import { existsSync } from 'node:fs'
import { healthEndpoints, timelineEndpoints, type BackupKey } from '../../contract/index.ts'
import { CofferError } from '../base/errors.ts'
import { recoverVaultFile, serve, startEngine } from '../engine.ts'
import type { Client, Person } from './client.ts'
import { bytesInWords, exitCodes, plural, table, takenInWords, type Output } from './output.ts'
import { secretLine } from './secrets.ts'

/** `coffer init`: makes a vault with one person. */
export async function init(
  dir: string,
  options: { readonly name?: string; readonly passphraseFile?: string; readonly user?: string },
  output: Output,
): Promise<number> {
  const password = options.passphraseFile === undefined ? undefined : await secretLine(options.passphraseFile)
  await using engine = startEngine({ stateDir: null })
  const vault = await engine.create(dir, {
    ...(options.name !== undefined && { name: options.name }),
    ...(options.user !== undefined && { username: options.user }),
    ...(password !== undefined && { password }),
  })
  const state = engine.state()
  const user = state.state === 'ready' ? state.user : ''
  output.answer({ vault: vault.dir, id: vault.file.id, formatVersion: vault.file.formatVersion, user }, [
    `A vault was created at ${vault.dir} for ${user}.`,
  ])
  return exitCodes.done
}

export async function status(client: Client, output: Output): Promise<number> {
  const now = await client.call(healthEndpoints.status, {})
  const last = now.lastImport ? `${now.lastImport.status} ${now.lastImport.finishedAt ?? ''}`.trim() : 'never'
  output.answer(now, [
    ...table([
      ['Media', now.media],
      ['In the trash', now.trashed],
      ['Albums', now.albums],
      ['Originals', bytesInWords(now.bytes)],
      ['Database', `${now.database.engine} ${now.database.version}`],
      ['Last import', last],
      ['Last backup', now.lastBackup ?? 'never'],
    ]),
    ...now.problems.map((problem) => `! ${problem.message}`),
    now.problems.length === 0 ? 'Everything is in order.' : plural(now.problems.length, 'problem.', 'problems.'),
  ])
  return exitCodes.done
}

export async function timeline(
  client: Client,
  options: { readonly from?: string; readonly to?: string; readonly limit?: string },
  output: Output,
): Promise<number> {
  const { limit, ...days } = options
  const { items: rows } = await client.call(timelineEndpoints.rows, {
    query: { ...days, ...(limit !== undefined && { limit: Number(limit) }) },
  })
  output.answer(rows, [
    ...table(rows.map((row) => [takenInWords(row), row.filename, row.id])),
    plural(rows.length, 'item.', 'items.'),
  ])
  return exitCodes.done
}

export async function sql(client: Client, text: string, output: Output): Promise<number> {
  const answer = await client.call(healthEndpoints.sql, { body: { sql: text } })
  const cell = (value: unknown): string | number =>
    typeof value === 'number' ? value : typeof value === 'string' ? value : value === null ? '' : JSON.stringify(value)
  output.answer(answer, [
    ...table([answer.columns, ...answer.rows.map((row) => row.map(cell))]),
    plural(answer.rows.length, 'row.', 'rows.'),
  ])
  return exitCodes.done
}

export async function verify(client: Client, quick: boolean, output: Output): Promise<number> {
  const found = await client.call(healthEndpoints.verify, { query: { quick } })
  const problems = [
    ...found.missing.map((each) => ['missing', each.path, each.reason]),
    ...found.damaged.map((each) => ['damaged', each.path, each.reason]),
    ...found.orphans.map((each) => ['orphan', each.path, 'It does not belong to any photo.']),
  ]
  const verdict = problems.length === 0 ? 'All of them are intact.' : plural(problems.length, 'problem.', 'problems.')
  const pictures =
    found.picturesToMake === undefined
      ? ''
      : ` Coffer will recreate ${plural(found.picturesToMake, 'missing thumbnail', 'missing thumbnails')}.`
  output.answer(found, [
    ...table(problems),
    `${plural(found.checked, 'original', 'originals')} checked. ${verdict}${pictures}`,
  ])
  return problems.length === 0 ? exitCodes.done : exitCodes.someFailed
}

/** `coffer doctor`: also for a vault that lost its `vault.json`, which opens for nothing else. */
export async function doctor(
  open: () => Promise<Client>,
  place: { readonly vaultDir: string; readonly trust: boolean; readonly key: BackupKey },
  output: Output,
): Promise<number> {
  const recovered: string[] = []
  const client = await open().catch(async (error: unknown) => {
    if (!(error instanceof CofferError) || error.details?.['lost'] !== 'vault.json') throw error
    await recoverVaultFile(place.vaultDir, { stateDir: null, trust: place.trust })
    recovered.push('vault.json was missing and has been recreated from the database.')
    return open()
  })
  try {
    return await report(client, { recovered, key: place.key }, output)
  } finally {
    await client.close()
  }
}

async function report(
  client: Client,
  { recovered, key }: { readonly recovered: readonly string[]; readonly key: BackupKey },
  output: Output,
): Promise<number> {
  const looked = await client.call(healthEndpoints.doctor, { body: key })
  const found = { ...looked, repaired: [...recovered, ...looked.repaired] }
  output.answer(found, [
    ...found.repaired,
    ...found.problems.map((problem) => `! ${problem.message}`),
    found.problems.length === 0
      ? 'Everything is in order.'
      : plural(found.problems.length, 'problem is left.', 'problems are left.'),
  ])
  return found.problems.length === 0 ? exitCodes.done : exitCodes.someFailed
}

/** `coffer database migrate`: also for a vault that was stepped back on purpose, which opens for nothing else. */
export async function databaseMigrate(open: (migrate: boolean) => Promise<Client>, output: Output): Promise<number> {
  let from: number | null = null
  const client = await open(false).catch((error: unknown) => {
    const version =
      error instanceof CofferError && error.code === 'database-held' ? error.details?.['schemaVersion'] : null
    if (typeof version !== 'number') throw error
    from = version
    return open(true)
  })
  try {
    const done = await client.call(healthEndpoints.migrate, {})
    const moved = { from: from ?? done.from, to: done.to }
    output.answer(moved, [
      moved.from === moved.to ? 'The schema is up to date.' : `The schema went from ${moved.from} to ${moved.to}.`,
    ])
    return exitCodes.done
  } finally {
    await client.close()
  }
}

export async function database(client: Client, verb: string, to: string | undefined, output: Output): Promise<number> {
  const isRollback = verb === 'rollback'
  if (isRollback && !/^\d+$/.test(to ?? '')) {
    throw new CofferError('Say which version to go back to: coffer database rollback VERSION', { code: 'wrong-usage' })
  }
  const info = isRollback
    ? await client.call(healthEndpoints.rollback, { body: { to: Number(to) } })
    : await client.call(healthEndpoints.database, {})
  output.answer(info, [
    `${info.engine} ${info.version}, schema ${info.schemaVersion}, ${bytesInWords(info.sizeBytes)} on disk.`,
  ])
  return exitCodes.done
}

/** `coffer serve`: the app in a browser on this computer, until it is interrupted. */
export async function serveApp(
  vaultDir: string,
  person: Person,
  options: { readonly port?: string; readonly trust: boolean },
  output: Output,
  interrupted: AbortSignal,
): Promise<number> {
  await using engine = startEngine({ stateDir: null, isWatching: true, keyPassphrase: await person.keyPassphrase() })
  if (options.trust) await engine.open(vaultDir, { trust: true })
  else await engine.reopen(existsSync(join(vaultDir, 'vault.json')) ? vaultDir : undefined)
  const served = await serve(engine, { port: Number(options.port ?? 0), rendererDir: rendererFolder() })
  output.say('Open this address in a browser on this computer (Ctrl-C stops):')
  output.answer({ url: served.url }, [served.url])
  await new Promise<void>((done) => interrupted.addEventListener('abort', () => done(), { once: true }))
  await served.close()
  return exitCodes.done
}

/** The built window: `out/renderer` of the checkout, or beside the packaged engine. */
function rendererFolder(): string {
  for (let folder = import.meta.dirname; ; folder = dirname(folder)) {
    for (const name of ['out/renderer', 'renderer']) {
      const place = join(folder, name)
      if (existsSync(join(place, 'index.html')) && existsSync(join(place, 'assets'))) return place
    }
    if (dirname(folder) === folder) break
  }
  throw new CofferError('The window has not been built yet. Run “npm run build” first.', { code: 'file-missing' })
}
