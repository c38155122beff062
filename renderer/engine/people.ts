import { useEffect, useState } from 'react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { z } from 'zod'
import {
  passwordStrengthSchema,
  personSchema,
  routes,
  sessionSchema,
  signedInSchema,
  type NewPerson,
  type PasswordStrength,
  type PersonEdit,
} from '../../main/contract/index.ts'
import { EngineProblem, get, patch, post, put, removeQuietly, removeWith } from './client.ts'
import { vaultKey } from './vault.ts'

export const peopleKey = ['people'] as const
export const sessionsKey = ['sessions'] as const
const peopleSchema = z.array(personSchema)
const sessionsSchema = z.object({ sessions: z.array(sessionSchema) })

/** Everybody for whoever looks after the vault; for others only themselves. */
export function usePeople() {
  return useQuery({ queryKey: peopleKey, queryFn: ({ signal }) => get(routes.users, peopleSchema, signal) })
}

/** Where this person is signed in. */
export function useSessions() {
  return useQuery({
    queryKey: sessionsKey,
    queryFn: async ({ signal }) => (await get(routes.sessions, sessionsSchema, signal)).sessions,
  })
}

export function useSignIn() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (who: { readonly username: string; readonly password?: string }) =>
      post(routes.sessions, signedInSchema, who),
    onSuccess: () => cache.invalidateQueries({ queryKey: vaultKey }),
  })
}

export function useAddPerson() {
  return usePeopleChange((person: NewPerson) => post(routes.users, personSchema, person))
}

export function useEditPerson() {
  return usePeopleChange(({ id, edit }: { readonly id: string; readonly edit: PersonEdit }) =>
    patch(`${routes.users}/${id}`, personSchema, edit),
  )
}

/** `current` is needed for the own password only. */
export function useSetPassword() {
  return usePeopleChange(
    ({ id, ...wish }: { readonly id: string; readonly password: string; readonly current?: string }) =>
      put(`${routes.users}/${id}/password`, wish),
  )
}

export function useRemovePassword() {
  return usePeopleChange(({ id, current }: { readonly id: string; readonly current: string }) =>
    removeWith(`${routes.users}/${id}/password`, { current }),
  )
}

export function useEndSession() {
  return usePeopleChange((id: string) => removeQuietly(`${routes.sessions}/${id}`))
}

function usePeopleChange<Wish, Answer>(change: (wish: Wish) => Promise<Answer>) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: change,
    onSuccess: async () => {
      await Promise.all([peopleKey, sessionsKey, vaultKey].map((queryKey) => cache.invalidateQueries({ queryKey })))
    },
  })
}

/** Ends this session, or all of them, and forgets everything that was on screen. */
export async function lock(where: 'here' | 'everywhere' = 'here'): Promise<void> {
  try {
    await removeQuietly(where === 'here' ? `${routes.sessions}/current` : routes.sessions)
  } catch (error) {
    // Not signed in any more is just as good; while the engine is away nothing can be shown either.
    if (!(error instanceof EngineProblem)) throw error
  }
  location.reload()
}

const settleMs = 150

/** How hard a password is to guess; null until that is known. It is asked for aside of the cache, which keeps answers. */
export function usePasswordStrength(password: string): PasswordStrength | null {
  const [known, setKnown] = useState<{ readonly of: string; readonly strength: PasswordStrength } | null>(null)
  useEffect(() => {
    if (password === '') return
    let isOld = false
    const timer = setTimeout(() => {
      post(routes.passwordStrength, passwordStrengthSchema, { password }).then(
        (strength) => !isOld && setKnown({ of: password, strength }),
        // Without an answer the field still says what it asks for; setting the password says what is wrong.
        () => {},
      )
    }, settleMs)
    return () => {
      isOld = true
      clearTimeout(timer)
    }
  }, [password])
  return password !== '' && known !== null ? known.strength : null
}
