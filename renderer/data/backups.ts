import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import {
  backupEndpoints,
  type Backup,
  type BackupEdit,
  type BackupKey,
  type BackupKeyEntry,
  type NewBackup,
  type NewBackupKey,
  type RunBackup,
} from '../../main/contract/index.ts'
import { EngineProblem, call } from './client.ts'
import { queryKey } from './keys.ts'

// A backup waits while an import runs.
export const backupsKey = queryKey('backups', ['backups', 'imports'])

const listKey = [...backupsKey, 'list'] as const

/** A run that was just asked for shows its first figures only when its job begins. */
const soonMs = 4000
let askedAt = -Infinity

/** In the order they were set up. */
export function useBackups() {
  return useQuery({
    queryKey: listKey,
    queryFn: async ({ signal }) => (await call(backupEndpoints.list, {}, signal)).items,
    // While nothing runs, the engine says when there is news, also of drives that come and go.
    refetchInterval: (query) => {
      const isBusy = query.state.data?.some((each) => each.running !== null) ?? false
      return isBusy || performance.now() - askedAt < soonMs ? 1000 : false
    },
  })
}

export function useAddBackup() {
  return useBackupChange((input: NewBackup) => call(backupEndpoints.add, { body: input }))
}

export function useEditBackup() {
  return useBackupChange(({ id, edit }: { readonly id: string; readonly edit: BackupEdit }) =>
    call(backupEndpoints.edit, { params: { id }, body: edit }),
  )
}

/** What lies in its folder stays. */
export function useRemoveBackup() {
  return useBackupChange((id: string) => call(backupEndpoints.remove, { params: { id } }))
}

export function useRunBackup() {
  return useBackupChange(({ id, input }: { readonly id: string; readonly input: RunBackup }) => {
    askedAt = performance.now()
    return call(backupEndpoints.run, { params: { id }, body: input })
  })
}

export function useControlBackup() {
  return useBackupChange(({ id, verb }: { readonly id: string; readonly verb: 'pause' | 'resume' | 'cancel' }) => {
    if (verb === 'resume') askedAt = performance.now()
    return call(backupEndpoints[verb], { params: { id } })
  })
}

/** Gives the engine what opens a backup; it is remembered until Coffer ends. */
export function useUnlockBackup() {
  return useBackupChange(({ id, key }: { readonly id: string; readonly key: BackupKey }) =>
    call(backupEndpoints.snapshots, { params: { id }, body: key }),
  )
}

/** Newest first. */
export function useBackupRuns(id: string) {
  return useQuery({
    queryKey: [...backupsKey, 'runs', id],
    queryFn: async ({ signal }) => (await call(backupEndpoints.runs, { params: { id } }, signal)).items,
  })
}

/** Newest first. Asks for nothing but what the engine can open by itself. */
export function useSnapshots(id: string) {
  return useQuery({
    queryKey: [...backupsKey, 'snapshots', id],
    queryFn: () => call(backupEndpoints.snapshots, { params: { id }, body: {} }),
  })
}

/** What opens a backup: passphrase and recovery key first. It is read where the backup is, so only when that can be reached. */
export function useBackupKeys({ id, isReachable }: Backup) {
  return useQuery({
    queryKey: [...backupsKey, 'keys', id],
    queryFn: async ({ signal }) => (await call(backupEndpoints.keys, { params: { id } }, signal)).items,
    enabled: isReachable,
  })
}

export function useAddBackupKey() {
  return useBackupChange(({ id, input }: { readonly id: string; readonly input: NewBackupKey }) =>
    call(backupEndpoints.addKey, { params: { id }, body: input }),
  )
}

export function useRemoveBackupKey() {
  return useBackupChange(({ id, way }: { readonly id: string; readonly way: BackupKeyEntry }) =>
    call(backupEndpoints.removeKey, { params: { id, name: way.name } }),
  )
}

export function needsKey(error: unknown): boolean {
  return error instanceof EngineProblem && error.problem?.code === 'backup-wrong-key'
}

/** What a person typed: a recovery key is told from a passphrase by how it begins. */
export function keyFrom(text: string): BackupKey {
  return isSecretKey(text) ? { identity: text.trim().toUpperCase() } : { passphrase: text }
}

/** Somebody's public age key in what was pasted, which may be more of their key's file. */
export function recipientFrom(text: string): string {
  return /age1[0-9a-z]+/.exec(text)?.[0] ?? text.trim()
}

/** What was pasted holds a key that opens things, and is nobody else's business. */
export function isSecretKey(text: string): boolean {
  return /AGE-SECRET-KEY-/i.test(text)
}

const dayMs = 86_400_000
const staleAfterMs = 3 * dayMs
const provenForMs = 7 * dayMs

export type BackupState = 'running' | 'paused' | 'failing' | 'stale' | 'proven' | 'saved' | 'empty'

export function stateOf(backup: Backup, now = Date.now()): BackupState {
  if (backup.running) return 'running'
  if (backup.problem !== null) return 'failing'
  if (isStale(backup, now)) return 'stale'
  if (backup.paused) return 'paused'
  if (backup.lastSavedAt === null) return 'empty'
  return backup.lastProvenAt !== null && now - Date.parse(backup.lastProvenAt) < provenForMs ? 'proven' : 'saved'
}

/** How all backups together stand: one that is fresh makes up for a drive that is elsewhere. */
export function stateOfAll(backups: readonly Backup[], now = Date.now()): BackupState | null {
  const states = backups.map((each) => stateOf(each, now))
  for (const state of ['running', 'failing', 'proven', 'saved', 'paused', 'empty', 'stale'] as const) {
    if (states.includes(state)) return state
  }
  return null
}

/** When anything was last saved by any of them. */
export function lastSaved(backups: readonly Backup[]): string | null {
  return newest(backups.map((each) => each.lastSavedAt))
}

export function lastProven(backups: readonly Backup[]): string | null {
  return newest(backups.map((each) => each.lastProvenAt))
}

function newest(moments: readonly (string | null)[]): string | null {
  return moments.filter((each) => each !== null).toSorted((a, b) => Date.parse(b) - Date.parse(a))[0] ?? null
}

/** Nothing saved for three days, or for a day longer than a rarer schedule has it. */
function isStale({ lastSavedAt, createdAt, isEnabled, everyHours }: Backup, now: number): boolean {
  const mayRestMs = isEnabled ? Math.max(staleAfterMs, everyHours * 3_600_000 + dayMs) : staleAfterMs
  return now - Date.parse(lastSavedAt ?? createdAt) > mayRestMs
}

function useBackupChange<Input, Answer>(change: (input: Input) => Promise<Answer>) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: change,
    onSettled: () => cache.invalidateQueries({ queryKey: backupsKey }),
  })
}
