import { lstat } from 'node:fs/promises'
import { request as httpRequest } from 'node:http'
import { dirname } from 'node:path'
import { Readable } from 'node:stream'
import {
  addressOf,
  bodyOf,
  problemSchema,
  readAnswer,
  sessionEndpoints,
  vaultEndpoints,
  type AnswerOf,
  type AnyInput,
  type Endpoint,
  type InputOf,
  type SignedInAnswer,
} from '../../contract/index.ts'
import { CofferError } from '../base/errors.ts'
import { openInside } from '../base/inside.ts'
import { readLockNote, startEngine, type Engine } from '../engine.ts'

/** Asks the API of one vault, wherever its engine runs. */
export interface Client {
  /** The engine of this process, or null when the app holds the vault. */
  readonly engine: Engine | null
  /** The password this command signed in with; null where nobody has to. */
  readonly password: string | null
  /** Asks for something. Throws the problem that is answered, as an error. */
  call: Call
  close(): Promise<void>
}

type Call = <E extends Endpoint>(endpoint: E, input: InputOf<E>) => Promise<AnswerOf<E>>

/** Who a command acts as, and how it gets their password when it is asked for one. */
export interface Person {
  readonly user: string | undefined
  readonly password: (username: string) => Promise<string>
  /** What opens the stored keys of a vault that is opened here; undefined leaves them locked. */
  readonly keyPassphrase: () => Promise<string | undefined>
}

/**
 * Connects to the app that has the vault open, or opens the vault here; signs in where the vault asks for it. `trust` vouches
 * for a vault that was made elsewhere; `migrate` brings one up to date that was stepped back.
 */
export async function connect(
  vaultDir: string,
  person: Person,
  { trust = false, migrate = false } = {},
): Promise<Client> {
  const headers = headersOf(person.user)
  const note = await readLockNote(vaultDir)
  if (note?.socket !== undefined && note.runtimeDir !== undefined) {
    const { socket, runtimeDir } = note
    const secret = await secretBeside(socket, runtimeDir)
    if (secret !== null && (await answers(socket, secret))) {
      headers.set('x-coffer-secret', secret)
      const found = await signedIn(
        client(null, (request) => overSocket(socket, request), headers),
        person,
        headers,
      )
      if (trust) await found.call(vaultEndpoints.trust, {})
      return found
    }
  }
  const engine = startEngine({ stateDir: null, keyPassphrase: await person.keyPassphrase() })
  await engine.open(vaultDir, { trust, migrate })
  return clientOf(engine, person).catch(async (error: unknown) => {
    await engine.close()
    throw error
  })
}

/** Asks an engine of this process. */
export async function clientOf(engine: Engine, person: Person): Promise<Client> {
  const headers = headersOf(person.user)
  headers.set('x-coffer-secret', engine.secret)
  return signedIn(
    client(engine, (request) => engine.fetch(request), headers),
    person,
    headers,
  )
}

/** The same client with a session where the vault asks for one; it ends with the client. */
async function signedIn(plain: Client, { user, password }: Person, headers: Headers): Promise<Client> {
  const state = await plain.call(vaultEndpoints.state, {})
  if (state.state !== 'locked') return plain
  const [only] = state.people
  const name = user ?? (state.people.length === 1 ? only?.username : undefined)
  if (name === undefined) {
    throw new CofferError('This vault has several people. Say which one with --user NAME.', { code: 'user-unknown' })
  }
  const found = state.people.find((each) => each.username.toLowerCase() === name.toLowerCase())
  if (!found) throw new CofferError(`There is nobody named “${name}” in this vault.`, { code: 'user-unknown' })
  const given = found.hasPassword ? await password(found.username) : null
  let refreshToken = ''
  const take = ({ tokens }: SignedInAnswer): void => {
    headers.set('authorization', `Bearer ${tokens?.accessToken}`)
    refreshToken = tokens?.refreshToken ?? ''
  }
  take(
    await plain.call(sessionEndpoints.signIn, {
      body: { username: found.username, ...(given !== null && { password: given }) },
    }),
  )
  /** An access token is good for minutes; an import may take hours. */
  async function renewing<T>(ask: () => Promise<T>): Promise<T> {
    return ask().catch(async (error: unknown) => {
      if (!(error instanceof CofferError) || error.code !== 'sign-in-needed') throw error
      take(await plain.call(sessionEndpoints.refresh, { body: { refreshToken } }))
      return ask()
    })
  }
  return {
    engine: plain.engine,
    password: given,
    call: (endpoint, input) => renewing(() => plain.call(endpoint, input)),
    async close() {
      // The command has done its work; a session that could not be ended ends by itself.
      await plain.call(sessionEndpoints.endCurrent, {}).catch(() => {})
      await plain.close()
    },
  }
}

function headersOf(user: string | undefined): Headers {
  return new Headers({
    'x-coffer-client': 'command-line',
    ...(user !== undefined && { 'x-coffer-user': encodeURIComponent(user) }),
  })
}

function client(engine: Engine | null, fetch: (request: Request) => Promise<Response>, headers: Headers): Client {
  async function call<E extends Endpoint>(endpoint: E, input: InputOf<E>): Promise<AnswerOf<E>> {
    const given: AnyInput = input
    const body = bodyOf(endpoint, given)
    const all = new Headers(headers)
    if (body !== undefined) all.set('content-type', 'application/json')
    const response = await fetch(
      new Request(`http://coffer${addressOf(endpoint, given)}`, {
        method: endpoint.method,
        headers: all,
        ...(body !== undefined && { body }),
      }),
    )
    const text = await response.text()
    const answer: unknown = text === '' ? null : JSON.parse(text)
    if (response.ok) return readAnswer(endpoint, answer)
    const problem = problemSchema.parse(answer)
    throw new CofferError(problem.title, {
      code: problem.code,
      retry: problem.retry,
      ...(problem.details && { details: problem.details }),
    })
  }
  return { engine, password: null, call, close: async () => engine?.close() }
}

/**
 * The secret of a running engine, from the folder its note names. A note is part of the vault, and a vault may come from
 * elsewhere: a folder counts only when it is this person's alone and the socket is in it.
 */
async function secretBeside(socket: string, runtimeDir: string): Promise<string | null> {
  const facts = await lstat(runtimeDir).catch(() => null)
  const isOurs =
    facts?.isDirectory() === true &&
    (process.platform === 'win32' || (facts.uid === process.getuid?.() && (facts.mode & 0o077) === 0))
  const isBeside = process.platform === 'win32' || dirname(socket) === runtimeDir
  if (!isOurs || !isBeside) return null
  try {
    await using file = await openInside(runtimeDir, 'secret')
    return await file.readFile('utf8')
  } catch {
    // Nobody runs there any more.
    return null
  }
}

async function answers(socket: string, secret: string): Promise<boolean> {
  try {
    const headers = { 'x-coffer-secret': secret }
    const response = await overSocket(socket, new Request('http://coffer/api/v1/vault', { headers }))
    const state: unknown = await response.json()
    const isOpen = typeof state === 'object' && state !== null && 'state' in state
    return response.ok && isOpen && (state.state === 'ready' || state.state === 'locked')
  } catch {
    // A note left behind by a process that died; the lock itself decides then.
    return false
  }
}

function overSocket(socketPath: string, request: Request): Promise<Response> {
  const url = new URL(request.url)
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(
      {
        socketPath,
        method: request.method,
        path: url.pathname + url.search,
        headers: Object.fromEntries(request.headers),
      },
      (incoming) => {
        const body = Readable.toWeb(incoming) as ReadableStream<Uint8Array>
        const status = incoming.statusCode ?? 500
        resolve(new Response([204, 304].includes(status) ? null : body, { status }))
      },
    )
    outgoing.on('error', (cause) =>
      reject(
        new CofferError('The running app did not respond.', { code: 'engine-unreachable', retry: 'later', cause }),
      ),
    )
    request.text().then((text) => outgoing.end(text), reject)
  })
}
