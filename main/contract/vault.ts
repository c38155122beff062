import { z } from 'zod'
import { idSchema } from './media.ts'

/** Which vault the engine holds. `suggestion` is where a new one would be made. */
export const vaultStateSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('none'), suggestion: z.string(), problem: z.string().nullable() }),
  z.object({ state: z.literal('opening'), path: z.string() }),
  z.object({ state: z.literal('ready'), path: z.string(), id: idSchema, name: z.string(), user: z.string() }),
])
export type VaultState = z.infer<typeof vaultStateSchema>

export const createVaultSchema = z.object({ path: z.string().min(1), name: z.string().min(1).max(100).optional() })
export const openVaultSchema = z.object({ path: z.string().min(1) })

const problemsSchema = z.array(z.object({ code: z.string(), message: z.string() }))

export const statusSchema = z.object({
  media: z.int(),
  albums: z.int(),
  posts: z.int(),
  bytes: z.number(),
  trashed: z.int(),
  database: z.object({ engine: z.string(), version: z.string() }),
  lastImport: z.object({ id: idSchema, finishedAt: z.string().nullable(), status: z.string() }).nullable(),
  lastSync: z.string().nullable(),
  lastBackup: z.string().nullable(),
  problems: problemsSchema,
})
export type Status = z.infer<typeof statusSchema>

export const databaseSchema = z.object({
  engine: z.string(),
  version: z.string(),
  schemaVersion: z.int(),
  sizeBytes: z.number(),
})

/** How the database and stored work are; what a watcher of servers would ask. */
export const healthSchema = z.object({
  database: databaseSchema.extend({
    tables: z.array(z.object({ name: z.string(), bytes: z.number(), rows: z.number(), deadRows: z.number() })),
    unusedIndexes: z.array(z.object({ name: z.string(), bytes: z.number() })),
    connections: z.int(),
    cacheHitRatio: z.number().nullable(),
  }),
  jobs: z.object({ queued: z.int(), running: z.int(), failed: z.int(), oldest: z.string().nullable() }),
  problems: problemsSchema,
})
export type Health = z.infer<typeof healthSchema>

/** What a look at everything repaired, and what is left. */
export const doctorSchema = z.object({ repaired: z.array(z.string()), problems: problemsSchema })

/** Sent on the event stream. `seq` is the change number to resume from (`Last-Event-ID`). */
export const eventSchema = z.discriminatedUnion('kind', [
  /** Rows changed: throw away what the cache holds of these nouns. */
  z.object({ kind: z.literal('changed'), seq: z.number(), nouns: z.array(z.string()) }),
  /** Live figures; sent at most four times a second for each running import. */
  z.object({ kind: z.literal('import'), id: idSchema }),
  z.object({ kind: z.literal('vault') }),
])
export type EngineEvent = z.infer<typeof eventSchema>
