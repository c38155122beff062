import type { ArchiveState, NewArchive } from '../../../contract/index.ts'
import { CofferError, messageOf } from '../../base/errors.ts'
import { plainError } from '../../base/plain-error.ts'
import { createSingle, type SingleState, type WorkOf } from '../../jobs/index.ts'
import { assertStrong, ageRecipient, sealText, type AgeTarget } from '../../keys/index.ts'
import { acceptArchive, createArchive } from '../create/archive.ts'
import type { BackupContext } from './context.ts'
import { ageKeysOf } from './destinations.ts'

/** Writes an open vault into single encrypted files; one at a time. The passphrase is stored nowhere, so nothing is resumed. */
export interface Archiver {
  /** Begins; a wrong place or key is thrown at once. Throws `conflict` while one runs. */
  start(input: NewArchive): Promise<ArchiveState>
  state(): ArchiveState
  /** Stops what runs; resolves when it has. */
  cancel(): Promise<void>
}

type Made = Awaited<ReturnType<typeof createArchive>>

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

export function createArchiver(
  context: Pick<BackupContext, 'vaultDir' | 'database' | 'log'>,
  running: WorkOf<null>,
): Archiver {
  const single = createSingle<string, Made>(running, 'A backup file is being written already.')
  const state = (): ArchiveState => shown(single.state())
  return {
    async start(input) {
      await single.start(async () => {
        const to = await targetOf(input)
        const path = await acceptArchive(context.vaultDir, input.path)
        return {
          about: path,
          phase: 'database',
          run: (options) =>
            createArchive(context, path, to, options).catch((error: unknown) => {
              if (!options.signal.aborted) context.log.error('archive-failed', { message: messageOf(error) })
              throw error
            }),
        }
      })
      return state()
    },
    state,
    cancel: () => single.cancel(),
  }
}

function shown(state: SingleState<string, Made>): ArchiveState {
  if (state.status === 'none') return nothing
  const now = { ...nothing, ...state.progress, status: state.status, path: state.about }
  if (state.status === 'done') return { ...now, result: { ...state.result, problems: [...state.result.problems] } }
  if (state.status !== 'failed') return now
  const { code, message } = plainError(state.error, 'the backup file')
  const problem = code === 'internal' ? 'The file could not be written.' : message
  return { ...now, problem, problemCode: code }
}

/** Whom the file is to: a passphrase, or public keys (of an identity that was given, its own). */
async function targetOf({ passphrase, identity, recipients = [] }: NewArchive): Promise<AgeTarget> {
  const { identities = [] } = ageKeysOf({ ...(identity !== undefined && { identity }) })
  const keys = [...recipients, ...(await Promise.all(identities.map((each) => ageRecipient(each))))]
  if (passphrase === undefined && keys.length > 0) {
    // Sealed once for trial: an invalid key is reported to the person who typed it.
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
