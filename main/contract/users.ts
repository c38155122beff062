import { z } from 'zod'
import { endpoint, idParams, pageOf } from './endpoint.ts'
import { idSchema } from './media.ts'

/** A person of the vault. Counts and sizes are all that one person ever learns of another. */
export const personSchema = z
  .object({
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
  .meta({ id: 'Person' })
export type Person = z.infer<typeof personSchema>

const password = z.string().max(1000)
export const newPersonSchema = z
  .object({
    username: z.string().max(100),
    displayName: z.string().max(100).optional(),
    password: password.optional(),
    storageQuota: z.int().positive().nullable().optional(),
  })
  .meta({ id: 'NewPerson' })
export type NewPerson = z.infer<typeof newPersonSchema>

export const personEditSchema = z
  .object({
    displayName: z.string().trim().min(1).max(100),
    isActive: z.boolean(),
    isAdmin: z.boolean(),
    storageQuota: z.int().positive().nullable(),
  })
  .partial()
  .meta({ id: 'PersonEdit' })
export type PersonEdit = z.infer<typeof personEditSchema>

/** `current` is asked of anyone who changes a password of their own. */
export const newPasswordSchema = z.object({ password, current: password.optional() }).meta({ id: 'NewPassword' })
export const currentPasswordSchema = z.object({ current: password }).meta({ id: 'CurrentPassword' })

/** `weakness` is zxcvbn's word for what makes it easy to guess. */
export const passwordStrengthSchema = z
  .object({
    score: z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3), z.literal(4)]),
    weakness: z.string().nullable(),
  })
  .meta({ id: 'PasswordStrength' })
export type PasswordStrength = z.infer<typeof passwordStrengthSchema>

export const clientKindSchema = z.enum(['window', 'browser', 'command-line', 'api'])
export type ClientKind = z.infer<typeof clientKindSchema>

export const sessionSchema = z
  .object({
    id: idSchema,
    client: clientKindSchema,
    createdAt: z.string(),
    lastUsedAt: z.string(),
    /** The one that asks. */
    isCurrent: z.boolean(),
  })
  .meta({ id: 'Session' })
export type Session = z.infer<typeof sessionSchema>

export const signInSchema = z
  .object({ username: z.string().max(100), password: password.optional() })
  .meta({ id: 'SignIn' })

/** Window and browser get their tokens as cookies that no script can read, and null here. */
export const signedInSchema = z
  .object({
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
  .meta({ id: 'SignedIn' })
export type SignedInAnswer = z.infer<typeof signedInSchema>

export const userActions = [
  'users.added',
  'users.renamed',
  'users.enabled',
  'users.disabled',
  'users.made-admin',
  'users.no-admin',
  'users.quota-changed',
  'users.password-changed',
  'users.password-removed',
  'users.password-reset',
  'users.password-recovered',
] as const

export const userEndpoints = {
  list: endpoint({
    method: 'GET',
    path: '/users',
    access: 'person',
    summary: 'The people of this vault for administrators, the first one first; for others themselves',
    answer: pageOf(personSchema).meta({ id: 'People' }),
  }),
  add: endpoint({
    method: 'POST',
    path: '/users',
    access: 'admin',
    summary: 'Add a person',
    body: newPersonSchema,
    answer: personSchema,
    status: 201,
  }),
  edit: endpoint({
    method: 'PATCH',
    path: '/users/{id}',
    access: 'person',
    summary: 'Change a name; for administrators also who may sign in, who is an administrator, and limits',
    params: idParams,
    body: personEditSchema,
    answer: personSchema,
  }),
  setPassword: endpoint({
    method: 'PUT',
    path: '/users/{id}/password',
    access: 'person',
    summary: 'Change the own password, or as an administrator give another person a new one; older sessions end',
    params: idParams,
    body: newPasswordSchema,
    isPersonal: true,
  }),
  removePassword: endpoint({
    method: 'DELETE',
    path: '/users/{id}/password',
    access: 'person',
    summary: 'Take the password away where there is only one person',
    params: idParams,
    body: currentPasswordSchema,
    isPersonal: true,
  }),
  strength: endpoint({
    method: 'POST',
    path: '/passwords/strength',
    access: 'person',
    summary:
      'How hard a password is to guess, from 0, guessed at once, to 4, out of reach; it is neither kept nor logged',
    body: z.object({ password }).meta({ id: 'PasswordToMeasure' }),
    isPersonal: true,
    answer: passwordStrengthSchema,
  }),
}

export const sessionActions = [
  'sessions.started',
  'sessions.signed-out',
  'sessions.failed',
  'sessions.ended',
  'sessions.reused',
] as const

export const sessionEndpoints = {
  signIn: endpoint({
    method: 'POST',
    path: '/sessions',
    access: 'open',
    summary: 'Sign in; a person without a password does so by name alone',
    body: signInSchema,
    answer: signedInSchema,
    status: 201,
  }),
  refresh: endpoint({
    method: 'POST',
    path: '/sessions/refresh',
    access: 'open',
    summary: 'Exchange a refresh token for new tokens; each is good once',
    body: z.object({ refreshToken: z.string().max(200) }).meta({ id: 'Refresh' }),
    answer: signedInSchema,
  }),
  list: endpoint({
    method: 'GET',
    path: '/sessions',
    access: 'person',
    summary: 'Where this person is signed in, last used first',
    answer: pageOf(sessionSchema).meta({ id: 'Sessions' }),
  }),
  endAll: endpoint({
    method: 'DELETE',
    path: '/sessions',
    access: 'person',
    summary: 'Sign out everywhere',
    isPersonal: true,
  }),
  endCurrent: endpoint({
    method: 'DELETE',
    path: '/sessions/current',
    access: 'person',
    summary: 'Sign out, which is what locking is',
    isPersonal: true,
  }),
  end: endpoint({
    method: 'DELETE',
    path: '/sessions/{id}',
    access: 'person',
    summary: 'End one session',
    params: idParams,
    isPersonal: true,
  }),
}
