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

/** Something that is wrong with the vault, in a sentence. */
export const knownProblemSchema = z.object({ code: z.string(), message: z.string() })

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
  /** Originals that were read back and held against their hash, a little every day; the newest time. */
  originals: z.object({ checked: z.int(), lastCheckedAt: z.string().nullable() }),
  problems: z.array(knownProblemSchema),
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

const placedProblemSchema = z.object({ id: z.string(), path: z.string(), reason: z.string() })
/** What a look at every original found. */
export const verifiedSchema = z.object({
  checked: z.int(),
  missing: z.array(placedProblemSchema),
  damaged: z.array(placedProblemSchema),
  orphans: z.array(z.object({ path: z.string() })),
})
export type Verified = z.infer<typeof verifiedSchema>

/** What was put right, in sentences, and what is left. */
export const doctorReportSchema = z.object({ repaired: z.array(z.string()), problems: z.array(knownProblemSchema) })
export type DoctorReport = z.infer<typeof doctorReportSchema>
