import { useEffect, useRef, useState } from 'react'
import type { Import } from '../../main/contract/index.ts'
import { sentenceOf } from '../data/client.ts'
import { useIsFolder } from '../data/folder-look.ts'
import { useImport, useImportVerb, useStartImport } from '../data/imports.ts'
import { preferences, setPreferences } from '../data/preferences.ts'
import { useWatchFolder } from '../data/watched-folders.ts'
import { Button } from '../components/Button.tsx'
import { Check } from '../components/Check.tsx'
import { Choice } from '../components/Choice.tsx'
import { Choices } from '../components/Choices.tsx'
import { CancelButton, Dialog } from '../components/Dialog.tsx'
import { KeepChoice } from '../components/KeepChoice.tsx'
import { notify } from '../components/notices.ts'
import { Problem } from '../components/Problem.tsx'
import { nameOfPath } from '../messages/path-name.ts'
import { reasonLine } from '../messages/reason-line.ts'
import { t } from '../messages/translate.ts'
import styles from './ImportFlow.module.css'

/** From dropped paths to a running import: look first, ask once, then start. */
export function ImportFlow({ paths, onDone }: { readonly paths: readonly string[]; readonly onDone: () => void }) {
  const [habit] = useState(preferences)
  const [reference, setReference] = useState(habit.importByReference)
  const [albumPerFolder, setAlbumPerFolder] = useState(false)
  const [isWatching, setWatching] = useState(false)
  const [dontAsk, setDontAsk] = useState(false)
  const look = useStartImport()
  const start = useStartImport()
  const watch = useWatchFolder()
  const verb = useImportVerb()
  const hasBegun = useRef(false)

  const begin = (): void => {
    if (dontAsk) setPreferences({ askBeforeImport: false, importByReference: reference })
    const [path] = paths
    if (!isWatching || path === undefined) {
      start.mutate({ paths: [...paths], reference, albumPerFolder }, { onSuccess: onDone })
      return
    }
    watch.mutate(
      { path, reference, albumPerFolder },
      {
        onSuccess: () => {
          onDone()
          notify(t('watch.started', { name: nameOfPath(path) }))
        },
      },
    )
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
  const failed = start.error ?? watch.error ?? look.error
  const isLookMissing = look.isError && !start.isError && !watch.isError
  return (
    <Dialog
      title={titleOf(paths)}
      onClose={close}
      actions={
        <>
          <label className={styles['check']}>
            <input type="checkbox" checked={dontAsk} onChange={(event) => setDontAsk(event.currentTarget.checked)} />
            {t('sheet.dontAsk')}
          </label>
          <CancelButton />
          <Button
            kind="primary"
            disabled={start.isPending || watch.isPending || isLookMissing}
            onClick={() => {
              stopLooking()
              begin()
            }}
          >
            {t(isWatching ? 'sheet.importAndWatch' : 'sheet.import')}
          </Button>
        </>
      }
    >
      {look.data && <Counts id={look.data.id} />}
      {look.isPending && <p className={styles['counting']}>{t('sheet.counting')}</p>}
      {failed && <Problem sentence={sentenceOf(failed)} {...(isLookMissing && { onRetry: lookFirst })} />}
      <KeepChoice isReference={reference} onChange={setReference} />
      {look.data && paths.length === 1 && (
        <WatchChoice lookId={look.data.id} path={paths[0] ?? ''} isWatching={isWatching} onChange={setWatching} />
      )}
      <Check isOn={albumPerFolder} onChange={setAlbumPerFolder}>
        {t('watch.albums')}
      </Check>
    </Dialog>
  )
}

/** A folder can be looked into once, or from now on. */
function WatchChoice({
  lookId,
  path,
  isWatching,
  onChange,
}: {
  readonly lookId: string
  readonly path: string
  readonly isWatching: boolean
  readonly onChange: (isWatching: boolean) => void
}) {
  if (!useIsFolder(lookId, path)) return null
  return (
    <Choices legend={t('sheet.then')}>
      <Choice group="then" name={t('sheet.once')} isChosen={!isWatching} onChoose={() => onChange(false)} />
      <Choice
        group="then"
        name={t('sheet.watch')}
        hint={t('sheet.watchHint')}
        isChosen={isWatching}
        onChoose={() => onChange(true)}
      />
    </Choices>
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
          ? t('sheet.counting')
          : look.added === 0 && look.problem === null
            ? t('sheet.nothingNew')
            : '\u00a0'}
      </p>
      {look.problem !== null && <Problem sentence={reasonLine(look.problem)} />}
    </div>
  )
}

function countsOf(look: Import): string {
  const unreadable = look.damaged + look.failed
  return [
    t('files', { count: look.seen }),
    t('sheet.fresh', { count: look.added + look.stacked }),
    t('sheet.present', { count: look.duplicates }),
    t('sheet.unsupported', { count: look.unsupported }),
    unreadable > 0 ? t('sheet.damaged', { count: unreadable }) : null,
  ]
    .filter((part) => part !== null)
    .join(' · ')
}

function titleOf(paths: readonly string[]): string {
  const [first = ''] = paths
  const name = nameOfPath(first)
  return paths.length > 1 ? t('sheet.titleMany', { name, others: paths.length - 1 }) : t('sheet.title', { name })
}
