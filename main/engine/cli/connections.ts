import { setTimeout as pause } from 'node:timers/promises'
import {
  connectionEndpoints,
  connectionVerbs,
  postEndpoints,
  type Connection,
  type Reprocessed,
} from '../../contract/index.ts'
import { CofferError } from '../base/errors.ts'
import type { Client } from './client.ts'
import { exitCodes, plural, table, type Output } from './output.ts'
import { secretLine } from './secrets.ts'

export interface ConnectOptions {
  readonly server?: string
  readonly secretFile?: string
  readonly clientId?: string
  readonly clientSecretFile?: string
}

const pollMs = 200
/** Services that are signed in to in the browser. */
const inBrowser = ['mastodon', 'strava']

/** `coffer connect`: connects an account, in the browser where its service asks for that, and syncs it. */
export async function connect(
  client: Client,
  output: Output,
  platform: string,
  name: string | undefined,
  options: ConnectOptions,
  interrupted: AbortSignal,
): Promise<number> {
  const id = inBrowser.includes(platform)
    ? await signIn(client, output, platform, name, options, interrupted)
    : await add(client, platform, name, options)
  const connection = await ended(client, output, id, interrupted)
  output.answer(connection, [...lines([connection]), closing(connection)])
  return codeOf([connection])
}

async function add(
  client: Client,
  platform: string,
  handle: string | undefined,
  options: ConnectOptions,
): Promise<string> {
  const { server, secretFile } = options
  const secret = secretFile === undefined ? undefined : await secretLine(secretFile, 'App password or token: ')
  const made = await client.call(connectionEndpoints.add, {
    body: {
      platform,
      ...(handle !== undefined && { handle }),
      ...(server !== undefined && { server }),
      ...(secret !== undefined && { secret }),
    },
  })
  return made.id
}

async function signIn(
  client: Client,
  output: Output,
  platform: string,
  name: string | undefined,
  options: ConnectOptions,
  interrupted: AbortSignal,
): Promise<string> {
  const clientSecret =
    options.clientSecretFile === undefined ? undefined : await secretLine(options.clientSecretFile, 'Client secret: ')
  const server = options.server ?? name
  const begun = await client.call(connectionEndpoints.signIn, {
    body: {
      platform,
      ...(server !== undefined && { server }),
      ...(options.clientId !== undefined && { clientId: options.clientId }),
      ...(clientSecret !== undefined && { clientSecret }),
    },
  })
  output.say(`Open this address in a browser on this computer, and sign in:\n${begun.url}`)
  for (;;) {
    const now = await client.call(connectionEndpoints.signInState, { params: { id: begun.id } })
    if (now.state === 'done' && now.connectionId !== null) return now.connectionId
    if (now.state !== 'waiting') {
      throw new CofferError(now.problem?.message ?? 'The sign-in was given up.', {
        code: now.problem?.code ?? 'cancelled',
      })
    }
    if (interrupted.aborted) {
      await client.call(connectionEndpoints.cancelSignIn, { params: { id: begun.id } })
      throw new CofferError('The sign-in was given up.', { code: 'cancelled' })
    }
    await pause(pollMs)
  }
}

/** Waits until a sync that was just asked for has ended. */
async function ended(client: Client, output: Output, id: string, interrupted: AbortSignal): Promise<Connection> {
  for (;;) {
    const now = await client.call(connectionEndpoints.read, { params: { id } })
    const isPlanned = now.nextSyncAt !== null && Date.parse(now.nextSyncAt) <= Date.now()
    if (interrupted.aborted || (now.running === null && !isPlanned)) return now
    if (now.running !== null) {
      const { phase, done, total } = now.running
      output.progress(phase === 'posts' ? `Posts: ${done}` : `Pictures: ${done} of ${total}`)
    }
    await pause(pollMs)
  }
}

/** `coffer sync list`. */
export async function syncList(client: Client, output: Output): Promise<number> {
  const { items } = await client.call(connectionEndpoints.list, {})
  output.answer(items, [...lines(items), plural(items.length, 'connection.', 'connections.')])
  return exitCodes.done
}

/** `coffer sync run`: one account, or all that are synced. */
export async function syncRun(
  client: Client,
  output: Output,
  account: string | undefined,
  interrupted: AbortSignal,
): Promise<number> {
  const { items } = await client.call(connectionEndpoints.list, {})
  const wanted =
    account === undefined
      ? items.filter((each) => each.isEnabled && each.authKind !== 'archive' && each.status !== 'token_expired')
      : [named(items, account)]
  const done: Connection[] = []
  for (const { id } of wanted) {
    await client.call(connectionVerbs.sync, { params: { id } })
    done.push(await ended(client, output, id, interrupted))
  }
  output.answer(done, [...lines(done), plural(done.length, 'connection was synced.', 'connections were synced.')])
  return codeOf(done)
}

/** `coffer sync log`. */
export async function syncLog(
  client: Client,
  output: Output,
  account: string | undefined,
  options: { readonly limit?: string },
): Promise<number> {
  const { items } = await client.call(connectionEndpoints.list, {})
  const limit = Number(options.limit ?? 20)
  if (!Number.isInteger(limit) || limit < 1 || limit > 500) {
    throw new CofferError('--limit takes a number from 1 to 500.', { code: 'wrong-usage' })
  }
  const wanted = account === undefined ? items : [named(items, account)]
  const runs = []
  for (const { id, platform, username } of wanted) {
    const page = await client.call(connectionEndpoints.runs, { params: { id }, query: { limit } })
    runs.push(...page.items.map((run) => ({ ...run, platform, username })))
  }
  runs.sort((one, other) => (one.startedAt < other.startedAt ? 1 : -1))
  output.answer(runs, [
    ...table(
      runs.map((run) => [
        run.startedAt.slice(0, 19).replace('T', ' '),
        run.platform,
        run.username ?? '',
        run.kind,
        run.status,
        `${run.created} new, ${run.updated} changed, ${run.deleted} gone, ${run.mediaDownloaded} pictures`,
        run.problem?.message ?? '',
      ]),
    ),
    plural(runs.length, 'sync.', 'syncs.'),
  ])
  return exitCodes.done
}

/** `coffer sync pause|resume|retry`. */
export async function syncVerb(
  client: Client,
  output: Output,
  verb: 'pause' | 'resume' | 'retry',
  account: string,
): Promise<number> {
  const { items } = await client.call(connectionEndpoints.list, {})
  const { id } = named(items, account)
  const now = await client.call(connectionVerbs[verb], { params: { id } })
  output.answer(now, lines([now]))
  return exitCodes.done
}

/** `coffer sync disconnect`. */
export async function disconnect(
  client: Client,
  output: Output,
  account: string,
  options: { readonly erase?: boolean },
): Promise<number> {
  const { items } = await client.call(connectionEndpoints.list, {})
  const connection = named(items, account)
  const done = await client.call(connectionEndpoints.disconnect, {
    params: { id: connection.id },
    body: { erase: options.erase ?? false },
  })
  output.answer(done, [
    options.erase
      ? `The connection is gone, and with it ${plural(done.erasedPosts, 'post', 'posts')}.`
      : 'The sign-in is forgotten. What was archived is kept.',
  ])
  return exitCodes.done
}

/** `coffer reprocess`. */
export async function reprocess(
  client: Client,
  output: Output,
  options: { readonly posts?: boolean },
  interrupted: AbortSignal,
): Promise<number> {
  if (options.posts !== true) throw new CofferError('Say what to read again: --posts.', { code: 'wrong-usage' })
  const sum = { posts: 0, changed: 0, failed: 0 }
  for (let cursor: string | null = null; !interrupted.aborted;) {
    const done: Reprocessed = await client.call(postEndpoints.reprocess, { body: { cursor } })
    sum.posts += done.posts
    sum.changed += done.changed
    sum.failed += done.failed
    output.progress(`Posts: ${sum.posts}`)
    cursor = done.next
    if (cursor === null) break
  }
  output.answer(sum, [
    `${plural(sum.posts, 'post was', 'posts were')} worked out again, ${sum.changed} came out different.` +
      (sum.failed > 0 ? ` ${plural(sum.failed, 'payload', 'payloads')} could not be read.` : ''),
  ])
  return sum.failed > 0 ? exitCodes.someFailed : exitCodes.done
}

/** The one connection that is meant: by its id, its name or its platform. */
function named(items: readonly Connection[], account: string): Connection {
  const wanted = account.replace(/^@/, '').toLowerCase()
  const found = items.filter((each) =>
    [each.id, each.username, each.displayName, each.platform].some((name) => name?.toLowerCase() === wanted),
  )
  if (found.length === 1 && found[0]) return found[0]
  throw found.length === 0
    ? new CofferError(`No connection is called “${account}”.`, { code: 'not-found' })
    : new CofferError(`Several connections are called “${account}”. Say the id: coffer sync list --json.`, {
        code: 'wrong-usage',
      })
}

function lines(items: readonly Connection[]): string[] {
  return table(
    items.map((each) => [
      each.platform,
      each.username ?? each.displayName ?? each.id,
      each.isEnabled ? each.status : 'paused',
      plural(each.posts, 'post', 'posts'),
      `${each.media.downloaded} pictures`,
      each.problem?.message ?? '',
    ]),
  )
}

function closing({ posts, media }: Connection): string {
  return `Connected: ${plural(posts, 'post', 'posts')}, ${media.downloaded} pictures.`
}

function codeOf(items: readonly Connection[]): number {
  if (items.some((each) => each.status === 'token_expired' || each.lastSyncStatus === 'failed')) return exitCodes.failed
  return items.some((each) => each.deadLetters > 0) ? exitCodes.someFailed : exitCodes.done
}
