import { useEffect, useRef, useState } from 'react'
import { sentenceOf } from '../data/client.ts'
import {
  useImportVerb,
  useRecognised,
  useStartImport,
  type Recognised,
  type RecognisedExport,
} from '../data/imports.ts'
import { preferences, setPreferences, type Preferences } from '../data/preferences.ts'
import { useWatchFolder } from '../data/watched-folders.ts'
import { Button } from '../components/Button.tsx'
import { Check } from '../components/Check.tsx'
import { CancelButton, Dialog } from '../components/Dialog.tsx'
import { KeepChoice } from '../components/KeepChoice.tsx'
import { notify } from '../components/notices.ts'
import { Problem } from '../components/Problem.tsx'
import { nameOfPath } from '../messages/path-name.ts'
import { t } from '../messages/translate.ts'
import { ExportLook } from './ExportLook.tsx'
import { Counts, WatchChoice } from './FilesLook.tsx'
import styles from './ImportFlow.module.css'

/** From dropped paths to a running import: look first, ask once, then start. Exports of services are read as such. */
export function ImportFlow({ paths, onDone }: { readonly paths: readonly string[]; readonly onDone: () => void }) {
  const [habit] = useState(preferences)
  const recognised = useRecognised(paths)
  if (recognised === null) {
    if (!habit.askBeforeImport) return null
    return (
      <Dialog title={titleOf(paths)} onClose={onDone} actions={<CancelButton />}>
        <p className={styles['counting']}>{t('sheet.counting')}</p>
      </Dialog>
    )
  }
  return <ImportSheet paths={paths} recognised={recognised} habit={habit} onDone={onDone} />
}

function ImportSheet({
  paths,
  recognised: { exports, others },
  habit,
  onDone,
}: {
  readonly paths: readonly string[]
  readonly recognised: Recognised
  readonly habit: Preferences
  readonly onDone: () => void
}) {
  const [reference, setReference] = useState(habit.importByReference)
  const [albumPerFolder, setAlbumPerFolder] = useState(false)
  const [isWatching, setWatching] = useState(false)
  const [dontAsk, setDontAsk] = useState(false)
  const [left, setLeft] = useState<ReadonlySet<RecognisedExport>>(new Set())
  const taken = exports.filter((each) => each.refused === null && !left.has(each))
  const look = useStartImport()
  const start = useStartImport()
  const watch = useWatchFolder()
  const verb = useImportVerb()
  const hasBegun = useRef(false)
  const begun = useRef(new Set<RecognisedExport>())
  const hasOthers = others.length > 0

  const beginAll = async (): Promise<void> => {
    for (const each of taken) {
      // Whoever tries again after something went wrong does not read an export twice.
      if (begun.current.has(each)) continue
      await start.mutateAsync({ paths: [...each.paths], archive: true })
      begun.current.add(each)
    }
    const [path] = others
    if (path === undefined) return onDone()
    if (!isWatching) {
      await start.mutateAsync({ paths: [...others], reference, albumPerFolder })
      return onDone()
    }
    await watch.mutateAsync({ path, reference, albumPerFolder })
    onDone()
    notify(t('watch.started', { name: nameOfPath(path) }))
  }
  const begin = (): void => {
    if (dontAsk) setPreferences({ askBeforeImport: false, importByReference: reference })
    // What went wrong is told by the mutation that failed.
    void beginAll().catch(() => {})
  }
  const lookFirst = (): void => look.mutate({ paths: [...others], dryRun: true })

  useEffect(() => {
    if (hasBegun.current) return
    hasBegun.current = true
    if (!habit.askBeforeImport) begin()
    else if (hasOthers) lookFirst()
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

  const isRefused = exports.some(({ refused }) => refused !== null)
  if (!habit.askBeforeImport && !start.isError && !isRefused) return null
  const failed = start.error ?? watch.error ?? look.error
  const isLookMissing = look.isError && !start.isError && !watch.isError
  const isNothing = !hasOthers && taken.length === 0
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
            disabled={start.isPending || watch.isPending || isLookMissing || isNothing}
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
      {exports.map((each) => (
        <ExportLook
          key={each.paths.join('\n')}
          found={each}
          isTaken={!left.has(each)}
          canLeave={exports.length > 1 || hasOthers}
          onTake={(isTaken) =>
            setLeft(new Set(isTaken ? [...left].filter((other) => other !== each) : [...left, each]))
          }
        />
      ))}
      {hasOthers && exports.length > 0 && <h3 className={styles['others']}>{t('sheet.others')}</h3>}
      {look.data && <Counts id={look.data.id} />}
      {look.isPending && <p className={styles['counting']}>{t('sheet.counting')}</p>}
      {failed && <Problem sentence={sentenceOf(failed)} {...(isLookMissing && { onRetry: lookFirst })} />}
      {hasOthers && (
        <>
          <KeepChoice isReference={reference} onChange={setReference} />
          {look.data && others.length === 1 && (
            <WatchChoice lookId={look.data.id} path={others[0] ?? ''} isWatching={isWatching} onChange={setWatching} />
          )}
          <Check isOn={albumPerFolder} onChange={setAlbumPerFolder}>
            {t('watch.albums')}
          </Check>
        </>
      )}
    </Dialog>
  )
}

function titleOf(paths: readonly string[]): string {
  const [first = ''] = paths
  const name = nameOfPath(first)
  return paths.length > 1 ? t('sheet.titleMany', { name, others: paths.length - 1 }) : t('sheet.title', { name })
}
