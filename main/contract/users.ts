import { z } from 'zod'
import { idSchema } from './media.ts'

/** Fewest characters of a password. */
export const shortestPassword = 12

/** A person of the vault. Counts and sizes are all that one person ever learns of another. */
export const personSchema = z.object({
  id: idSchema,
  username: z.string(),
  displayName: z.string().nullable(),
  /** May add people and look after the vault; cannot read what others keep in it. */
  isAdmin: z.boolean(),
  /** May sign in. */
  isActive: z.boolean(),
  hasPassword: z.boolean(),
  /** Bytes of originals, those in the trash included. */
  storageUsed: z.number(),
  /** Most bytes they may keep; null is no limit. */
  storageQuota: z.number().nullable(),
  lastSignInAt: z.string().nullable(),
  createdAt: z.string(),
})
export type Person = z.infer<typeof personSchema>

const password = z.string().max(1000)
export const newPersonSchema = z.object({
  username: z.string(),
  displayName: z.string().max(100).optional(),
  password: password.optional(),
  storageQuota: z.int().positive().nullable().optional(),
})
export type NewPerson = z.infer<typeof newPersonSchema>

export const personEditSchema = z
  .object({
    displayName: z.string().trim().min(1).max(100),
    isActive: z.boolean(),
    isAdmin: z.boolean(),
    storageQuota: z.int().positive().nullable(),
  })
  .partial()
export type PersonEdit = z.infer<typeof personEditSchema>

/** `current` is asked of whoever changes a password of their own. */
export const newPasswordSchema = z.object({ password, current: password.optional() })
export const currentPasswordSchema = z.object({ current: password })

/** `weakness` is zxcvbn's word for what makes it easy to guess. */
export const passwordStrengthSchema = z.object({
  score: z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3), z.literal(4)]),
  weakness: z.string().nullable(),
})
export type PasswordStrength = z.infer<typeof passwordStrengthSchema>

export const clientKindSchema = z.enum(['window', 'browser', 'command-line', 'api'])
export type ClientKind = z.infer<typeof clientKindSchema>

export const sessionSchema = z.object({
  id: idSchema,
  client: clientKindSchema,
  createdAt: z.string(),
  lastUsedAt: z.string(),
  /** The one that asks. */
  isCurrent: z.boolean(),
})
export type Session = z.infer<typeof sessionSchema>

export const signInSchema = z.object({ username: z.string(), password: password.optional() })

/** Window and browser get their tokens as cookies that no script can read, and null here. */
export const signedInSchema = z.object({
  person: personSchema,
  sessionId: idSchema,
  tokens: z
    .object({
      accessToken: z.string(),
      accessExpiresAt: z.string(),
      refreshToken: z.string(),
      refreshExpiresAt: z.string(),
    })
    .nullable(),
})
export type SignedInAnswer = z.infer<typeof signedInSchema>
