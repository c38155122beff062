import { z } from 'zod'
import { backupKeySchema } from './backups.ts'
import { endpoint } from './endpoint.ts'
import { errorCodeSchema } from './errors.ts'
import { importProgressSchema } from './imports.ts'
import { idSchema } from './media.ts'
import { objectPaths } from './objects.ts'

/** Which vault the engine holds. `suggestion` is where a new one would be made. */
export const vaultStateSchema = z
  .discriminatedUnion('state', [
    z.object({
      state: z.literal('none'),
      suggestion: z.string(),
      problem: z.string().nullable(),
      problemCode: errorCodeSchema.nullable(),
    }),
    z.object({ state: z.literal('opening'), path: z.string() }),
    /** Somebody has to sign in first; a person without a password does so by name alone. */
    z.object({
      state: z.literal('locked'),
      id: idSchema,
      name: z.string(),
      people: z.array(z.object({ username: z.string(), displayName: z.string().nullable(), hasPassword: z.boolean() })),
    }),
    z.object({
      state: z.literal('ready'),
      path: z.string(),
      id: idSchema,
      name: z.string(),
      /** Name shown of anyone who is signed in. */
      user: z.string(),
      /** False for a vault made elsewhere that nobody here has trusted yet. */
      isTrusted: z.boolean(),
      me: z.object({
        id: idSchema,
        username: z.string(),
        isAdmin: z.boolean(),
        hasPassword: z.boolean(),
        /** The vault asks people to sign in, so it can be locked. */
        isSignedIn: z.boolean(),
      }),
    }),
  ])
  .meta({ id: 'VaultState' })
export type VaultState = z.infer<typeof vaultStateSchema>

export const createVaultSchema = z
  .object({ path: z.string().min(1), name: z.string().min(1).max(100).optional() })
  .meta({ id: 'CreateVault' })
/** `trust`: the person vouches for a vault that was made elsewhere; `migrate`: a schema that was stepped back goes forward again. */
export const openVaultSchema = z
  .object({ path: z.string().min(1), trust: z.boolean().optional(), migrate: z.boolean().optional() })
  .meta({ id: 'OpenVault' })

/** Something that is wrong with the vault, in a sentence. */
/** Something that is wrong: `message` in English, `code` and `details` for saying it in another language. */
export const knownProblemSchema = z
  .object({
    code: z.string(),
    message: z.string(),
    details: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  })
  .meta({ id: 'KnownProblem' })
export type KnownProblem = z.infer<typeof knownProblemSchema>

export const statusSchema = z
  .object({
    media: z.int(),
    albums: z.int(),
    posts: z.int(),
    bytes: z.number(),
    trashed: z.int(),
    database: z.object({ engine: z.string(), version: z.string() }),
    lastImport: z.object({ id: idSchema, finishedAt: z.string().nullable(), status: z.string() }).nullable(),
    lastSync: z.string().nullable(),
    lastBackup: z.string().nullable(),
    /** Originals that were read back and compared with their hash, a little every day; the newest time. */
    originals: z.object({ checked: z.int(), lastCheckedAt: z.string().nullable() }),
    problems: z.array(knownProblemSchema),
  })
  .meta({ id: 'Status' })
export type Status = z.infer<typeof statusSchema>

/** What changes are told by: every type of object, by its address part, and what the vault does. */
export const nounSchema = z
  .enum([...objectPaths, 'imports', 'users', 'settings', 'watched-folders', 'backups', 'exports'])
  .meta({ id: 'Noun' })
export type Noun = z.infer<typeof nounSchema>

/** Sent on the event stream. `seq` is the change number to resume from (`Last-Event-ID`). */
export const eventSchema = z
  .discriminatedUnion('kind', [
    /** Rows changed: throw away what the cache holds of these nouns. */
    z.object({ kind: z.literal('changed'), seq: z.number(), nouns: z.array(nounSchema) }),
    /** Live figures; sent at most four times a second for each running import. Null when it has stopped: ask for it then. */
    z.object({ kind: z.literal('import'), id: idSchema, progress: importProgressSchema.nullable() }),
    z.object({ kind: z.literal('vault') }),
  ])
  .meta({ id: 'EngineEvent' })
export type EngineEvent = z.infer<typeof eventSchema>

const placedProblemSchema = z.object({ id: z.string(), path: z.string(), reason: z.string() })
/** What a look at every original found. */
export const verifiedSchema = z
  .object({
    checked: z.int(),
    missing: z.array(placedProblemSchema),
    damaged: z.array(placedProblemSchema),
    orphans: z.array(z.object({ path: z.string() })),
    /** Small pictures that are not there, where there are any; they are made again. */
    picturesToMake: z.int().optional(),
  })
  .meta({ id: 'Verified' })
export type Verified = z.infer<typeof verifiedSchema>

/** What was put right, in sentences, and what is left. */
export const doctorReportSchema = z
  .object({
    repaired: z.array(z.string()),
    problems: z.array(knownProblemSchema),
  })
  .meta({ id: 'DoctorReport' })
export type DoctorReport = z.infer<typeof doctorReportSchema>

export const databaseInfoSchema = z
  .object({ engine: z.string(), version: z.string(), schemaVersion: z.int(), sizeBytes: z.number() })
  .meta({ id: 'DatabaseInfo' })

/** Figures of the database and of stored work. */
export const healthSchema = z
  .object({
    database: databaseInfoSchema.extend({
      tables: z.array(z.object({ name: z.string(), bytes: z.number(), rows: z.number(), deadRows: z.number() })),
      unusedIndexes: z.array(z.object({ name: z.string(), bytes: z.number() })),
      connections: z.int(),
      cacheHitRatio: z.number().nullable(),
      /** How often the engine asked it for anything since the vault was opened. */
      uses: z.int(),
    }),
    jobs: z.object({
      queued: z.int(),
      running: z.int(),
      failed: z.int(),
      /** Set aside because the engine died over them. */
      parked: z.int(),
      oldest: z.string().nullable(),
    }),
    problems: z.array(knownProblemSchema),
  })
  .meta({ id: 'Health' })
export type Health = z.infer<typeof healthSchema>

export const vaultEndpoints = {
  state: endpoint({
    method: 'GET',
    path: '/vault',
    access: 'open',
    summary: 'Which vault is open; what is inside only after signing in',
    answer: vaultStateSchema,
    withoutVault: true,
  }),
  create: endpoint({
    method: 'POST',
    path: '/vault/create',
    access: 'admin',
    summary: 'Make a vault in an empty folder and open it',
    body: createVaultSchema,
    answer: vaultStateSchema,
    withoutVault: true,
  }),
  open: endpoint({
    method: 'POST',
    path: '/vault/open',
    access: 'admin',
    summary: 'Open a vault; the one open before is closed',
    body: openVaultSchema,
    answer: vaultStateSchema,
    withoutVault: true,
  }),
  trust: endpoint({
    method: 'POST',
    path: '/vault/trust',
    access: 'admin',
    summary: 'Trust the open vault, which was made elsewhere',
    answer: vaultStateSchema,
  }),
  document: endpoint({
    method: 'GET',
    path: '/openapi.json',
    access: 'open',
    summary: 'This document',
    answer: z.record(z.string(), z.unknown()).meta({ id: 'Document' }),
    withoutVault: true,
  }),
  events: endpoint({
    method: 'GET',
    path: '/events',
    access: 'person',
    summary: 'What changes, as server-sent events; while no vault is open only that one is',
    answer: 'events',
    withoutVault: true,
  }),
}

export const healthEndpoints = {
  status: endpoint({
    method: 'GET',
    path: '/status',
    access: 'person',
    summary: 'Counts, sizes, database engine, last import, problems',
    answer: statusSchema,
  }),
  health: endpoint({
    method: 'GET',
    path: '/health',
    access: 'admin',
    summary: 'How the database is: sizes, tidiness, work that waits or failed, problems',
    answer: healthSchema,
  }),
  verify: endpoint({
    method: 'POST',
    path: '/verify',
    access: 'person',
    summary: 'Compare every original of the person who asks with the database, and their log with its chain',
    query: z.object({ quick: z.boolean().default(false) }),
    isReading: true,
    answer: verifiedSchema,
  }),
  doctor: endpoint({
    method: 'POST',
    path: '/doctor',
    access: 'admin',
    summary:
      'Explain what is wrong and repair what can be repaired; a key opens backups that Coffer does not know the key of',
    body: backupKeySchema,
    answer: doctorReportSchema,
  }),
  sql: endpoint({
    method: 'POST',
    path: '/sql',
    access: 'person',
    summary: 'One read-only statement as this person; row-level security applies',
    body: z.object({ sql: z.string().min(1).max(100_000) }).meta({ id: 'Sql' }),
    isReading: true,
    answer: z.object({ columns: z.array(z.string()), rows: z.array(z.array(z.unknown())) }).meta({ id: 'SqlRows' }),
  }),
  database: endpoint({
    method: 'GET',
    path: '/database',
    access: 'admin',
    summary: 'The database engine and the version of its schema',
    answer: databaseInfoSchema,
  }),
  migrate: endpoint({
    method: 'POST',
    path: '/database/migrate',
    access: 'admin',
    summary: 'Bring the schema to this program’s version',
    answer: z.object({ from: z.int(), to: z.int() }).meta({ id: 'Migrated' }),
  }),
  rollback: endpoint({
    method: 'POST',
    path: '/database/rollback',
    access: 'admin',
    summary: 'Step the schema back to an older version, for an older program; the vault is closed then',
    body: z.object({ to: z.int().positive() }).meta({ id: 'Rollback' }),
    answer: databaseInfoSchema,
  }),
}
