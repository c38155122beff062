import { useEffect, useRef, useState } from 'react'
import type { Import } from '../../main/contract/index.ts'
import { sentenceOf } from '../engine/client.ts'
import { useImport, useImportVerb, useStartImport } from '../engine/imports.ts'
import { preferences, setPreferences } from '../engine/preferences.ts'
import { Button } from '../parts/Button.tsx'
import { Choice } from '../parts/Choice.tsx'
import { Dialog } from '../parts/Dialog.tsx'
import { Problem } from '../parts/Problem.tsx'
import { say } from '../words/say.ts'
import styles from './ImportFlow.module.css'

/** From dropped paths to a running import: look first, ask once, then start. */
export function ImportFlow({ paths, onDone }: { readonly paths: readonly string[]; readonly onDone: () => void }) {
  const [habit] = useState(preferences)
  const [reference, setReference] = useState(habit.importByReference)
  const [dontAsk, setDontAsk] = useState(false)
  const look = useStartImport()
  const start = useStartImport()
  const verb = useImportVerb()
  const hasBegun = useRef(false)

  const begin = (): void => {
    if (dontAsk) setPreferences({ askBeforeImport: false, importByReference: reference })
    start.mutate({ paths: [...paths], reference }, { onSuccess: onDone })
  }
  const lookFirst = (): void => look.mutate({ paths: [...paths], dryRun: true })

  useEffect(() => {
    if (hasBegun.current) return
    hasBegun.current = true
    if (habit.askBeforeImport) lookFirst()
    else begin()
    // Once, when the files come.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [])

  const stopLooking = (): void => {
    if (look.data) verb.mutate({ id: look.data.id, verb: 'cancel' })
  }
  const close = (): void => {
    stopLooking()
    onDone()
  }

  if (!habit.askBeforeImport && !start.isError) return null
  const failed = start.error ?? look.error
  return (
    <Dialog
      title={titleOf(paths)}
      onClose={close}
      actions={
        <>
          <label className={styles['check']}>
            <input type="checkbox" checked={dontAsk} onChange={(event) => setDontAsk(event.currentTarget.checked)} />
            {say('sheet.dontAsk')}
          </label>
          <Button onClick={close}>{say('cancel')}</Button>
          <Button
            kind="primary"
            disabled={start.isPending || (look.isError && !start.isError)}
            onClick={() => {
              stopLooking()
              begin()
            }}
          >
            {say('sheet.import')}
          </Button>
        </>
      }
    >
      {look.data && <Counts id={look.data.id} />}
      {look.isPending && <p className={styles['counting']}>{say('sheet.counting')}</p>}
      {failed && <Problem sentence={sentenceOf(failed)} {...(!start.isError && { onRetry: lookFirst })} />}
      <fieldset className={styles['choices']}>
        <legend className={styles['legend']}>{say('sheet.how')}</legend>
        <Choice
          group="keep"
          name={say('sheet.copy')}
          hint={say('sheet.copyHint')}
          isChosen={!reference}
          onChoose={() => setReference(false)}
        />
        <Choice
          group="keep"
          name={say('sheet.reference')}
          hint={say('sheet.referenceHint')}
          isChosen={reference}
          onChoose={() => setReference(true)}
        />
      </fieldset>
    </Dialog>
  )
}

function Counts({ id }: { readonly id: string }) {
  const found = useImport(id)
  const look = found.data
  if (!look) return null
  const isCounting = look.status === 'running'
  return (
    <div aria-live="polite">
      <p className={styles['counts']}>{countsOf(look)}</p>
      <p className={styles['counting']}>
        {isCounting
          ? say('sheet.counting')
          : look.added === 0 && look.problem === null
            ? say('sheet.nothingNew')
            : '\u00a0'}
      </p>
      {look.problem !== null && <Problem sentence={look.problem} />}
    </div>
  )
}

function countsOf(look: Import): string {
  const unreadable = look.damaged + look.failed
  return [
    say('files', { count: look.seen }),
    say('sheet.fresh', { count: look.added + look.stacked }),
    say('sheet.present', { count: look.duplicates }),
    say('sheet.unsupported', { count: look.unsupported }),
    unreadable > 0 ? say('sheet.damaged', { count: unreadable }) : null,
  ]
    .filter((part) => part !== null)
    .join(' · ')
}

function titleOf(paths: readonly string[]): string {
  const [first = ''] = paths
  const name = first.split(/[\\/]/).findLast((part) => part !== '') ?? first
  return paths.length > 1 ? say('sheet.titleMany', { name, others: paths.length - 1 }) : say('sheet.title', { name })
}
