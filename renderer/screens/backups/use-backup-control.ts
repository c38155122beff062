import { useState } from 'react'
import type { Backup, RunBackup } from '../../../main/contract/index.ts'
import { needsKey, useControlBackup, useRunBackup } from '../../data/backups.ts'
import { sentenceOf } from '../../data/client.ts'
import { notify } from '../../components/notices.ts'

export type Steering = 'pause' | 'resume' | 'cancel'

export interface BackupControl {
  readonly start: (input: RunBackup) => void
  readonly steer: (verb: Steering) => void
  readonly isStarting: boolean
  readonly isSteering: boolean
  /** Asks for the key; what is given goes on once it was. */
  readonly askKey: (goOn: () => void) => void
  /** What goes on once the key was given; null while none is asked for. */
  readonly locked: (() => void) | null
  readonly stopAsking: () => void
}

/** Starts and steers what is done with a backup. Where its key is needed it is asked for, and then it goes on. */
export function useBackupControl({ id }: Backup): BackupControl {
  const run = useRunBackup()
  const control = useControlBackup()
  const [locked, setLocked] = useState<(() => void) | null>(null)
  const askKey = (goOn: () => void): void => setLocked(() => goOn)
  const orAskKey = (again: () => void) => ({
    onError: (error: Error): void => {
      if (needsKey(error)) askKey(again)
      else notify(sentenceOf(error))
    },
  })
  const start = (input: RunBackup): void =>
    run.mutate(
      { id, input },
      orAskKey(() => start(input)),
    )
  const steer = (verb: Steering): void =>
    control.mutate(
      { id, verb },
      orAskKey(() => steer(verb)),
    )
  return {
    start,
    steer,
    isStarting: run.isPending,
    isSteering: control.isPending,
    askKey,
    locked,
    stopAsking: () => setLocked(null),
  }
}
