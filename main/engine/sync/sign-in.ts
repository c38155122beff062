import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { ConnectionSignIn, NewSignIn } from '../../contract/index.ts'
import { CofferError, messageOf } from '../base/errors.ts'
import { newId } from '../base/ids.ts'
import { sameSecret } from '../keys/index.ts'
import { accountWith } from './account.ts'
import type { SyncContext } from './context.ts'
import { openSecrets, type Client } from './secrets.ts'
import { asked, connectorFor, keepConnection } from './control.ts'

/** How long somebody may take to sign in. */
const patienceMs = 10 * 60_000
const callback = '/callback'

/** Sign-ins in the browser that are under way. */
export interface SignIns {
  begin(context: SyncContext, userId: string, input: NewSignIn): Promise<ConnectionSignIn>
  /** Null for one that there is not, or that is somebody else's. */
  read(userId: string, id: string): ConnectionSignIn | null
  cancel(userId: string, id: string): void
  close(): void
}

interface Entry {
  readonly userId: string
  state: ConnectionSignIn
  end(): void
}

/**
 * Sign-ins as RFC 8252 has them for programs on a computer: the system's browser, an address of this computer (127.0.0.1 and a port
 * of the moment) that takes one answer, PKCE with S256 (RFC 7636), and a state that is compared in constant time.
 */
export function createSignIns(): SignIns {
  const entries = new Map<string, Entry>()
  return {
    async begin(context, userId, input) {
      const connector = connectorFor(context, input.platform)
      const { oauth } = connector
      if (!oauth) {
        throw new CofferError('This service is not signed in to in the browser.', { code: 'connection-unsupported' })
      }
      const known = await knownSignIn(context, userId, input.connectionId)
      const hasOwn = input.clientId !== undefined && input.clientSecret !== undefined
      if (oauth.needsOwnClient && !hasOwn && known.client === null) {
        throw new CofferError('This service needs a client id and a client secret of your own.', {
          code: 'bad-request',
        })
      }
      const oauth4webapi = await import('oauth4webapi')
      const [state, verifier] = [oauth4webapi.generateRandomState(), oauth4webapi.generateRandomCodeVerifier()]
      const challenge = await oauth4webapi.calculatePKCECodeChallenge(verifier)
      const server = await listen()
      const { port } = server.address() as AddressInfo
      const redirect = `http://${oauth.redirectHost ?? '127.0.0.1'}:${port}${callback}`
      const given =
        input.clientId === undefined ? known.client : { id: input.clientId, secret: input.clientSecret ?? null }
      const signal = AbortSignal.timeout(60_000)
      const begun = await asked(() =>
        oauth.begin({
          server: input.server || known.server,
          redirect,
          state,
          challenge,
          client: given,
          network: context.network,
          signal,
        }),
      ).catch((error: unknown) => {
        server.close()
        throw error
      })
      const id = newId()
      const timer = setTimeout(() => fail('cancelled', null), patienceMs)
      timer.unref()
      const end = (): void => {
        clearTimeout(timer)
        server.close()
        server.closeAllConnections()
      }
      const entry: Entry = {
        userId,
        state: { id, state: 'waiting', url: begun.url, connectionId: null, problem: null },
        end,
      }
      const fail = (how: 'failed' | 'cancelled', problem: ConnectionSignIn['problem']): void => {
        if (entry.state.state !== 'waiting') return
        entry.state = { ...entry.state, state: how, problem }
        end()
      }
      let isUsed = false
      server.on('request', (request, answer) => {
        const url = new URL(request.url ?? '/', redirect)
        const given = url.searchParams.get('state') ?? ''
        const isOurs = request.method === 'GET' && url.pathname === callback && sameSecret(given, state)
        if (!isOurs || isUsed) {
          answer.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' }).end('Nothing is here.')
          return
        }
        isUsed = true
        // Instagram puts `#_` behind the code; a fragment does not come here, but a copied one may.
        const code = url.searchParams.get('code')?.replace(/#_$/, '') ?? null
        answer
          .writeHead(200, {
            'content-type': 'text/plain; charset=utf-8',
            'content-security-policy': "default-src 'none'",
            connection: 'close',
          })
          .end(
            code === null
              ? 'The sign-in was not completed. You can close this page.'
              : 'You can close this page and go back to Coffer.',
          )
        if (code === null) {
          fail('failed', { code: 'connection-refused', message: 'The service did not sign you in.' })
          return
        }
        void asked(() =>
          oauth.finish({
            code,
            query: url.searchParams,
            verifier,
            redirect,
            client: begun.client,
            server: begun.server,
            network: context.network,
            signal: AbortSignal.timeout(60_000),
          }),
        )
          .then((connected) => keepConnection(context, userId, connector.platform, connected, begun.client))
          .then(
            (connectionId) => {
              entry.state = { ...entry.state, state: 'done', connectionId }
              end()
              context.bell.showAgain(userId, 'integrations')
            },
            (error: unknown) => {
              const code = error instanceof CofferError ? error.code : 'internal'
              const message = error instanceof CofferError ? messageOf(error) : 'Signing in did not work. Try again.'
              fail('failed', { code, message })
              context.bell.showAgain(userId, 'integrations')
            },
          )
      })
      for (const [other, each] of entries) if (each.state.state !== 'waiting' && other !== id) entries.delete(other)
      entries.set(id, entry)
      return entry.state
    },
    read(userId, id) {
      const entry = entries.get(id)
      return entry?.userId === userId ? entry.state : null
    },
    cancel(userId, id) {
      const entry = entries.get(id)
      if (entry?.userId !== userId || entry.state.state !== 'waiting') return
      entry.state = { ...entry.state, state: 'cancelled' }
      entry.end()
    },
    close() {
      for (const entry of entries.values()) entry.end()
      entries.clear()
    },
  }
}

/** Where and by what client a connection was signed in before. */
async function knownSignIn(
  context: SyncContext,
  userId: string,
  connectionId: string | undefined,
): Promise<{ readonly server: string | null; readonly client: Client | null }> {
  if (connectionId === undefined) return { server: null, client: null }
  return context.database.asService(async (tx) => {
    const account = await accountWith(tx, connectionId)
    if (account?.userId !== userId) throw new CofferError('There is no such connection.', { code: 'not-found' })
    // A client that cannot be opened now has to be given again.
    const { client } = await openSecrets(tx, connectionId, context.vaultKey()).catch(() => ({ client: null }))
    return { server: account.server, client }
  })
}

async function listen(): Promise<Server> {
  const server = createServer({ requestTimeout: 10_000 })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  server.unref()
  return server
}
