import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { idSchema } from './media.ts'

/** The person's own name, exactly, so that nobody erases by accident. */
export const eraseSchema = z.object({ name: z.string().max(200) }).meta({ id: 'Erase' })
export type Erase = z.infer<typeof eraseSchema>

/** What erasing would destroy, and the name that confirms it. */
export const erasableSchema = z
  .object({ name: z.string(), media: z.int(), bytes: z.number(), albums: z.int() })
  .meta({ id: 'Erasable' })
export type Erasable = z.infer<typeof erasableSchema>

/** What was destroyed: who and how much, nothing of what it was. */
export const erasedSchema = z
  .object({
    personId: idSchema,
    /** The person is gone too; false for the last one of a vault, who stays with nothing. */
    isRemoved: z.boolean(),
    at: z.string(),
    media: z.int(),
    bytes: z.number(),
    rows: z.int(),
    /** SHA-256 over the sorted SHA-256s of the originals, a line each. */
    digest: z.string(),
  })
  .meta({ id: 'Erased' })
export type ErasedProof = z.infer<typeof erasedSchema>

export const eraseActions = ['users.erased'] as const

export const eraseEndpoints = {
  look: endpoint({
    method: 'GET',
    path: '/erasures',
    access: 'person',
    summary: 'What erasing would destroy, the trash included, and the name that confirms it',
    answer: erasableSchema,
  }),
  erase: endpoint({
    method: 'POST',
    path: '/erasures',
    access: 'person',
    summary: 'Destroy everything the person who asks has in this vault, permanently',
    body: eraseSchema,
    answer: erasedSchema,
    isPersonal: true,
  }),
}
