import { resolve } from 'node:path'
import { importEndpoints, watchEndpoints } from '../../contract/index.ts'
import { CofferError } from '../base/errors.ts'
import { englishReason, startEngine } from '../engine.ts'
import { clientOf, type Person, type Client } from './client.ts'
import { exitCodes, plural, table, type Output } from './output.ts'

export async function watchAdd(
  client: Client,
  path: string,
  options: { readonly reference?: boolean; readonly albumPerFolder?: boolean; readonly ignore?: string[] },
  output: Output,
): Promise<number> {
  const folder = await client.call(watchEndpoints.add, { body: { path: resolve(path), ...options } })
  output.answer(folder, [
    `${folder.path} is watched while the app or “coffer watch run” is running.`,
    folder.reference ? 'Its files stay where they are.' : 'New files are copied into the vault.',
  ])
  return exitCodes.done
}

export async function watchList(client: Client, output: Output): Promise<number> {
  const { items: folders } = await client.call(watchEndpoints.list, {})
  output.answer(folders, [
    ...table(folders.map((folder) => [folder.path, folder.status, plural(folder.files, 'file', 'files')])),
    ...folders.flatMap((folder) =>
      folder.problem === null ? [] : [`! ${folder.path}: ${englishReason(folder.problem)}`],
    ),
    plural(folders.length, 'watched folder.', 'watched folders.'),
  ])
  return exitCodes.done
}

export async function watchRemove(client: Client, path: string, output: Output): Promise<number> {
  const { items: folders } = await client.call(watchEndpoints.list, {})
  const folder = folders.find((each) => each.id === path || each.path === resolve(path))
  if (!folder) throw new CofferError(`${resolve(path)} is not watched.`, { code: 'not-found' })
  await client.call(watchEndpoints.remove, { params: { id: folder.id } })
  output.answer(folder, [`${folder.path} is no longer watched. What was imported is kept.`])
  return exitCodes.done
}

/** `coffer watch run`: holds the vault open and watches until it is interrupted. */
export async function watchRun(
  vaultDir: string,
  person: Person,
  options: { readonly trust: boolean },
  output: Output,
  interrupted: AbortSignal,
): Promise<number> {
  await using engine = startEngine({ stateDir: null, isWatching: true, keyPassphrase: await person.keyPassphrase() })
  const vault = await engine.open(vaultDir, options)
  if (!vault.database.isOwn) {
    throw new CofferError('This vault was made on another computer. To watch its folders, trust it first: --trust.', {
      code: 'vault-untrusted',
    })
  }
  const client = await clientOf(engine, person)
  const { items: folders } = await client.call(watchEndpoints.list, {})
  output.say(`Watching ${plural(folders.length, 'folder', 'folders')}. Ctrl-C stops.`)
  const told = new Set<string>()
  const tell = async (): Promise<void> => {
    const { items: imports } = await client.call(importEndpoints.list, {})
    for (const each of imports) {
      if (each.watchedFolderId === null || each.status === 'running' || told.has(each.id)) continue
      told.add(each.id)
      output.say(
        `${each.paths[0] ?? ''}: ${each.added} new, ${each.duplicates} already here, ${each.damaged + each.failed} with problems.`,
      )
    }
  }
  const stop = vault.bell.listen(() => {
    // What cannot be told now is told with the next ring.
    tell().catch(() => {})
  })
  await new Promise<void>((done) => interrupted.addEventListener('abort', () => done(), { once: true }))
  stop()
  await client.close()
  output.answer({ folders }, ['Stopped watching.'])
  return exitCodes.done
}
