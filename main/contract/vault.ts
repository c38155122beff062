import { z } from 'zod'
import { idSchema } from './media.ts'

/** Which vault the engine holds. `suggestion` is where a new one would be made. */
export const vaultStateSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('none'), suggestion: z.string(), problem: z.string().nullable() }),
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
    /** Name shown of whoever is signed in. */
    user: z.string(),
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
export type VaultState = z.infer<typeof vaultStateSchema>

export const createVaultSchema = z.object({ path: z.string().min(1), name: z.string().min(1).max(100).optional() })
export const openVaultSchema = z.object({ path: z.string().min(1) })

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
  problems: z.array(z.object({ code: z.string(), message: z.string() })),
})
export type Status = z.infer<typeof statusSchema>

/** Sent on the event stream. `seq` is the change number to resume from (`Last-Event-ID`). */
export const eventSchema = z.discriminatedUnion('kind', [
  /** Rows changed: throw away what the cache holds of these nouns. */
  z.object({ kind: z.literal('changed'), seq: z.number(), nouns: z.array(z.string()) }),
  /** Live figures; sent at most four times a second for each running import. */
  z.object({ kind: z.literal('import'), id: idSchema }),
  z.object({ kind: z.literal('vault') }),
])
export type EngineEvent = z.infer<typeof eventSchema>
