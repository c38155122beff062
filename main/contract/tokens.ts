import { z } from 'zod'
import { endpoint, idParams, pageOf } from './endpoint.ts'
import { idSchema } from './media.ts'

/** `read`: sees what the person sees. `write`: changes it too. `admin`: what administrators may as well. */
export const tokenScopeSchema = z.enum(['read', 'write', 'admin'])
export type TokenScope = z.infer<typeof tokenScopeSchema>

/** A token with which another program acts as a person; never the token itself. */
export const apiTokenSchema = z
  .object({
    id: idSchema,
    name: z.string(),
    scope: tokenScopeSchema,
    createdAt: z.string(),
    /** To the minute. */
    lastUsedAt: z.string().nullable(),
    expiresAt: z.string().nullable(),
  })
  .meta({ id: 'ApiToken' })
export type ApiToken = z.infer<typeof apiTokenSchema>

export const newApiTokenSchema = z
  .object({
    name: z.string().trim().min(1).max(100),
    scope: tokenScopeSchema.default('read'),
    expiresInDays: z.int().min(1).max(3650).nullish(),
  })
  .meta({ id: 'NewApiToken' })
export type NewApiToken = z.output<typeof newApiTokenSchema>
export type ApiTokenInput = z.input<typeof newApiTokenSchema>

export const tokenActions = ['tokens.created', 'tokens.revoked'] as const

export const tokenEndpoints = {
  list: endpoint({
    method: 'GET',
    path: '/tokens',
    access: 'person',
    summary: 'The tokens of other programs that can act as this person, newest first',
    answer: pageOf(apiTokenSchema).meta({ id: 'ApiTokens' }),
    isPersonal: true,
  }),
  create: endpoint({
    method: 'POST',
    path: '/tokens',
    access: 'person',
    summary: 'Make a token for another program, which sends it as “Authorization: Bearer …”; it is shown this once',
    body: newApiTokenSchema,
    answer: apiTokenSchema.extend({ token: z.string() }).meta({ id: 'MadeApiToken' }),
    status: 201,
    isPersonal: true,
  }),
  revoke: endpoint({
    method: 'DELETE',
    path: '/tokens/{id}',
    access: 'person',
    summary: 'End a token at once',
    params: idParams,
    isPersonal: true,
  }),
}
