import { z } from 'zod'
import { endpoint, idParams, pageOf, pageQuery } from './endpoint.ts'
import { errorCodeSchema } from './errors.ts'
import { platformSchema } from './fields.ts'
import { idSchema } from './media.ts'

/**
 * How an account can be connected. `handle`: its name alone, for what everybody can see. `app_password`: a password made for this
 * program. `oauth`: signing in at the service, in the browser. `own_app`: the same with a client id and secret of the
 * person's own. `token`: pasting a token made there. `archive`: only by importing an export.
 */
export const connectWaySchema = z.enum(['handle', 'app_password', 'oauth', 'own_app', 'token', 'archive'])
export type ConnectWay = z.infer<typeof connectWaySchema>

/** Services that can be connected, in the order they are offered; the window has a sentence for each. */
export const connectors = [
  { platform: 'bluesky', ways: ['handle', 'app_password'], hasServer: true },
  { platform: 'mastodon', ways: ['oauth'], hasServer: true },
  { platform: 'strava', ways: ['own_app', 'archive'], hasServer: false },
  { platform: 'instagram', ways: ['token', 'archive'], hasServer: false },
  { platform: 'google_photos', ways: ['archive'], hasServer: false },
  { platform: 'facebook', ways: ['archive'], hasServer: false },
  { platform: 'x', ways: ['archive'], hasServer: false },
  { platform: 'threads', ways: ['archive'], hasServer: false },
  { platform: 'flickr', ways: ['archive'], hasServer: false },
] as const satisfies readonly { platform: string; ways: readonly ConnectWay[]; hasServer: boolean }[]

export const connectionStatusSchema = z.enum(['pending', 'connected', 'error', 'disconnected', 'token_expired'])

export const connectionSchema = z
  .object({
    id: idSchema,
    platform: platformSchema,
    username: z.string().nullable(),
    displayName: z.string().nullable(),
    profileUrl: z.string().nullable(),
    /** The server it is on, where its service has many. */
    server: z.string().nullable(),
    status: connectionStatusSchema,
    /** False is paused. */
    isEnabled: z.boolean(),
    authKind: z.enum(['oauth', 'app_password', 'archive', 'none']),
    tokenExpiresAt: z.string().nullable(),
    lastSyncAt: z.string().nullable(),
    lastSyncStatus: z.enum(['success', 'partial', 'failed']).nullable(),
    /** Null where nothing is planned. */
    nextSyncAt: z.string().nullable(),
    intervalMinutes: z.int(),
    /** It is not synced by itself while the computer runs on battery. */
    pausesOnBattery: z.boolean(),
    /** What went wrong last, and what can be done; null where nothing did. */
    problem: z.object({ code: errorCodeSchema, message: z.string() }).nullable(),
    /** Failures one after another. */
    failures: z.int(),
    posts: z.int(),
    /** Pictures and films that are here, wait to be fetched, and could not be. */
    media: z.object({ downloaded: z.int(), pending: z.int(), failed: z.int(), unavailable: z.int() }),
    /** Payloads that could not be read and are kept to be looked at. */
    deadLetters: z.int(),
    /** What runs now; null when nothing does. */
    running: z.object({ phase: z.enum(['posts', 'media']), done: z.int(), total: z.int() }).nullable(),
  })
  .meta({ id: 'Connection' })
export type Connection = z.infer<typeof connectionSchema>

/** One sync, and what came of it. */
export const syncRunSchema = z
  .object({
    id: idSchema,
    accountId: idSchema.nullable(),
    kind: z.enum(['webhook', 'manual', 'scheduled', 'backfill', 'import', 'stream']),
    status: z.enum(['running', 'success', 'partial', 'failed', 'cancelled']),
    fetched: z.int(),
    created: z.int(),
    updated: z.int(),
    deleted: z.int(),
    mediaDownloaded: z.int(),
    mediaFailed: z.int(),
    problem: z.object({ code: errorCodeSchema.nullable(), message: z.string() }).nullable(),
    startedAt: z.string(),
    finishedAt: z.string().nullable(),
    durationMs: z.int().nullable(),
    /** Why it ran, pages, cursors, what the service still allows. */
    details: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'SyncRun' })
export type SyncRun = z.infer<typeof syncRunSchema>

/** A payload that could not be read, or a picture that could not be fetched. */
export const deadLetterSchema = z
  .object({
    id: idSchema,
    kind: z.enum(['post', 'media']),
    /** Its id at the service, or where it was to be fetched, without what gives access. */
    what: z.string(),
    error: z.string().nullable(),
    attempts: z.int(),
    lastTriedAt: z.string().nullable(),
  })
  .meta({ id: 'DeadLetter' })
export type DeadLetter = z.infer<typeof deadLetterSchema>

const server = z.string().trim().max(300).optional().describe('Address of the server, where the service has many.')

export const newConnectionSchema = z
  .object({
    platform: platformSchema,
    server,
    /** Its name there; not needed where a token says whose it is. */
    handle: z.string().trim().max(300).optional(),
    /** An app password or a token; never answered again. */
    secret: z.string().max(10_000).optional(),
  })
  .meta({ id: 'NewConnection' })
export type NewConnection = z.input<typeof newConnectionSchema>

export const newSignInSchema = z
  .object({
    platform: platformSchema,
    server,
    clientId: z.string().trim().max(500).optional(),
    clientSecret: z.string().trim().max(500).optional(),
    /** Signs in again for a connection there is. */
    connectionId: idSchema.optional(),
  })
  .meta({ id: 'NewSignIn' })
export type NewSignIn = z.input<typeof newSignInSchema>

/** A sign-in in the browser that is under way. */
export const signInStateSchema = z
  .object({
    id: idSchema,
    state: z.enum(['waiting', 'done', 'failed', 'cancelled']),
    /** To open in the browser. */
    url: z.string(),
    connectionId: idSchema.nullable(),
    problem: z.object({ code: errorCodeSchema, message: z.string() }).nullable(),
  })
  .meta({ id: 'ConnectionSignIn' })
export type ConnectionSignIn = z.infer<typeof signInStateSchema>

const verb = (name: 'sync' | 'pause' | 'resume' | 'retry', summary: string) =>
  endpoint({
    method: 'POST',
    path: `/connections/{id}/${name}`,
    access: 'person',
    summary,
    params: idParams,
    answer: connectionSchema,
  })

export const connectionVerbs = {
  sync: verb('sync', 'Sync a connection now'),
  pause: verb('pause', 'Stop syncing a connection until it is resumed'),
  resume: verb('resume', 'Sync a paused connection again'),
  retry: verb('retry', 'Try again what could not be read or fetched'),
}
export type ConnectionVerb = keyof typeof connectionVerbs

export const connectionEndpoints = {
  list: endpoint({
    method: 'GET',
    path: '/connections',
    access: 'person',
    summary: 'Connected accounts and imported exports, with their figures',
    answer: pageOf(connectionSchema).meta({ id: 'Connections' }),
  }),
  read: endpoint({
    method: 'GET',
    path: '/connections/{id}',
    access: 'person',
    summary: 'One connection',
    params: idParams,
    answer: connectionSchema,
  }),
  add: endpoint({
    method: 'POST',
    path: '/connections',
    access: 'person',
    summary: 'Connect an account by its name, an app password or a token, and sync it',
    body: newConnectionSchema,
    answer: connectionSchema,
    status: 201,
    isPersonal: true,
  }),
  edit: endpoint({
    method: 'PATCH',
    path: '/connections/{id}',
    access: 'person',
    summary: 'How often a connection is synced, and whether on battery',
    params: idParams,
    body: z
      .object({ intervalMinutes: z.int().min(5).max(43_200).optional(), pausesOnBattery: z.boolean().optional() })
      .meta({ id: 'EditConnection' }),
    answer: connectionSchema,
  }),
  disconnect: endpoint({
    method: 'POST',
    path: '/connections/{id}/disconnect',
    access: 'person',
    summary: 'Forget the sign-in of a connection; with `erase` also delete for good what came through it',
    params: idParams,
    body: z.object({ erase: z.boolean().default(false) }).meta({ id: 'Disconnect' }),
    answer: z.object({ erasedPosts: z.int() }).meta({ id: 'Disconnected' }),
    isPersonal: true,
  }),
  signIn: endpoint({
    method: 'POST',
    path: '/connections/sign-ins',
    access: 'person',
    summary: 'Begin to sign in at a service; the address in the answer is opened in the browser',
    body: newSignInSchema,
    answer: signInStateSchema,
    status: 201,
    isPersonal: true,
  }),
  signInState: endpoint({
    method: 'GET',
    path: '/connections/sign-ins/{id}',
    access: 'person',
    summary: 'How far a sign-in is',
    params: idParams,
    answer: signInStateSchema,
  }),
  cancelSignIn: endpoint({
    method: 'DELETE',
    path: '/connections/sign-ins/{id}',
    access: 'person',
    summary: 'Give up a sign-in',
    params: idParams,
    isPersonal: true,
  }),
  runs: endpoint({
    method: 'GET',
    path: '/connections/{id}/runs',
    access: 'person',
    summary: 'Syncs of a connection, newest first; those of more than 90 days ago too',
    params: idParams,
    query: pageQuery({ default: 50, max: 500 }),
    answer: pageOf(syncRunSchema).meta({ id: 'SyncRuns' }),
  }),
  deadLetters: endpoint({
    method: 'GET',
    path: '/connections/{id}/dead-letters',
    access: 'person',
    summary: 'What could not be read or fetched, newest first',
    params: idParams,
    query: pageQuery({ default: 50, max: 500 }),
    answer: pageOf(deadLetterSchema).meta({ id: 'DeadLetters' }),
  }),
  ...connectionVerbs,
}

/** What the log says of connections that are synced. */
export const connectionActions = [
  'integrations.connected',
  'integrations.planned',
  'integrations.paused',
  'integrations.resumed',
  'integrations.synced',
  'integrations.retried',
  'integrations.disconnected',
  'integrations.erased',
  'integrations.signed-in',
] as const
