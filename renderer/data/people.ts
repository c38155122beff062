import { useEffect, useState } from 'react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import {
  sessionEndpoints,
  userEndpoints,
  type NewPerson,
  type PasswordStrength,
  type PersonEdit,
} from '../../main/contract/index.ts'
import { EngineProblem, call } from './client.ts'
import { saveDrafts } from './drafts.ts'
import { queryKey } from './keys.ts'
import { vaultKey } from './vault.ts'

export const peopleKey = queryKey('people', ['users'])
export const sessionsKey = queryKey('sessions', ['users'])

/** Everybody for an administrator; for others only themselves. */
export function usePeople() {
  return useQuery({
    queryKey: peopleKey,
    queryFn: async ({ signal }) => (await call(userEndpoints.list, {}, signal)).items,
  })
}

/** Where this person is signed in. */
export function useSessions() {
  return useQuery({
    queryKey: sessionsKey,
    queryFn: async ({ signal }) => (await call(sessionEndpoints.list, {}, signal)).items,
  })
}

export function useSignIn() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (who: { readonly username: string; readonly password?: string }) =>
      call(sessionEndpoints.signIn, { body: who }),
    onSuccess: () => cache.invalidateQueries({ queryKey: vaultKey }),
  })
}

export function useAddPerson() {
  return usePeopleChange((person: NewPerson) => call(userEndpoints.add, { body: person }))
}

export function useEditPerson() {
  return usePeopleChange(({ id, edit }: { readonly id: string; readonly edit: PersonEdit }) =>
    call(userEndpoints.edit, { params: { id }, body: edit }),
  )
}

/** `current` is needed for the own password only. */
export function useSetPassword() {
  return usePeopleChange(
    ({ id, ...input }: { readonly id: string; readonly password: string; readonly current?: string }) =>
      call(userEndpoints.setPassword, { params: { id }, body: input }),
  )
}

export function useRemovePassword() {
  return usePeopleChange(({ id, current }: { readonly id: string; readonly current: string }) =>
    call(userEndpoints.removePassword, { params: { id }, body: { current } }),
  )
}

export function useEndSession() {
  return usePeopleChange((id: string) => call(sessionEndpoints.end, { params: { id } }))
}

function usePeopleChange<Input, Answer>(change: (input: Input) => Promise<Answer>) {
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
  await saveDrafts()
  try {
    await call(where === 'here' ? sessionEndpoints.endCurrent : sessionEndpoints.endAll, {})
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
      call(userEndpoints.strength, { body: { password } }).then(
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
