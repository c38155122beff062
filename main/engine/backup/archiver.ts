import type { ArchiveState, NewArchive } from '../../contract/index.ts'
import { CofferError, messageOf } from '../base/errors.ts'
import { plainError } from '../base/plain-error.ts'
import { assertStrong, ageRecipient, sealText, type AgeTarget } from '../keys/index.ts'
import { acceptArchive, createArchive } from './archive.ts'
import type { BackupContext } from './context.ts'
import { waysOf } from './destinations.ts'

/** Writes an open vault into single encrypted files; one at a time. The passphrase is stored nowhere, so nothing is resumed. */
export interface Archiver {
  /** Begins; a wrong place or key is thrown at once. Throws `conflict` while one runs. */
  start(wish: NewArchive): Promise<ArchiveState>
  state(): ArchiveState
  cancel(): void
  settled(): Promise<void>
}

const nothing: ArchiveState = {
  status: 'none',
  path: null,
  phase: '',
  files: 0,
  totalFiles: 0,
  bytes: 0,
  totalBytes: 0,
  result: null,
  problem: null,
  problemCode: null,
}

export function createArchiver(context: Pick<BackupContext, 'vaultDir' | 'database' | 'log'>): Archiver {
  let state = nothing
  let stop = new AbortController()
  let running: Promise<void> = Promise.resolve()
  return {
    async start(wish) {
      if (state.status === 'running') {
        throw new CofferError('A backup file is being written already.', { code: 'conflict', retry: 'later' })
      }
      const to = await targetOf(wish)
      const path = await acceptArchive(context.vaultDir, wish.path)
      stop = new AbortController()
      const { signal } = stop
      state = { ...nothing, status: 'running', path, phase: 'database' }
      running = createArchive(context, path, to, {
        signal,
        onProgress: (now) => {
          state = { ...state, ...now }
        },
      }).then(
        (result) => {
          state = { ...state, status: 'done', result: { ...result, problems: [...result.problems] } }
        },
        (error: unknown) => {
          if (signal.aborted) state = { ...state, status: 'cancelled' }
          else {
            context.log.error('archive-failed', { message: messageOf(error) })
            const { code, message } = plainError(error, 'the backup file')
            const problem = code === 'internal' ? 'The file could not be written.' : message
            state = { ...state, status: 'failed', problem, problemCode: code }
          }
        },
      )
      return state
    },
    state: () => state,
    cancel: () => stop.abort(new Error('cancelled')),
    settled: () => running,
  }
}

/** Whom the file is to: a passphrase, or public keys (of an identity that was given, its own). */
async function targetOf({ passphrase, identity, recipients = [] }: NewArchive): Promise<AgeTarget> {
  const { identities = [] } = waysOf({ ...(identity !== undefined && { identity }) })
  const keys = [...recipients, ...(await Promise.all(identities.map((each) => ageRecipient(each))))]
  if (passphrase === undefined && keys.length > 0) {
    // Sealed once for trial: a key that is none is told to whoever typed it.
    await sealText('', keys)
    return keys
  }
  if (passphrase === undefined || keys.length > 0) {
    throw new CofferError('A backup file opens with a passphrase or with keys: give one of the two.', {
      code: 'bad-request',
    })
  }
  await assertStrong(passphrase, 'passphrase')
  return { passphrase }
}
