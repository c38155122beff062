import { useRef, useState, type ReactNode } from 'react'
import { ChevronLeft } from 'lucide-react'
import type { Import, ImportOutcome } from '../../../main/contract/index.ts'
import { sentenceOf } from '../../data/client.ts'
import { shortPath } from '../../data/home-path.ts'
import { isUnderWay, useImport, useImportVerb } from '../../data/imports.ts'
import { Button } from '../../components/Button.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { Problem } from '../../components/Problem.tsx'
import { exportName, spanLine } from '../../messages/archive-lines.ts'
import { t } from '../../messages/translate.ts'
import { bytes, duration, number, when } from '../../messages/format.ts'
import { addedBy, outcomeSentence, progressOf } from '../../messages/import-lines.ts'
import { reasonLine } from '../../messages/reason-line.ts'
import { ArchiveTypes } from './ArchiveTypes.tsx'
import { ImportItems } from './ImportItems.tsx'
import { LatestAdded } from './LatestAdded.tsx'
import styles from './ImportScreen.module.css'

const figures = [
  ['seen', t('imports.seen')],
  ['added', t('imports.added')],
  ['duplicates', t('imports.duplicates')],
  ['stacked', t('imports.stacked')],
  ['unsupported', t('imports.unsupported')],
  ['damaged', t('imports.damaged')],
  ['later', t('imports.later')],
  ['failed', t('imports.failed')],
] as const

/** What a person should look at first comes first. */
const told: readonly { readonly outcome: ImportOutcome; readonly count: (each: Import) => number }[] = [
  { outcome: 'failed', count: (each) => each.failed },
  { outcome: 'damaged', count: (each) => each.damaged },
  { outcome: 'later', count: (each) => each.later },
  { outcome: 'unsupported', count: (each) => each.unsupported },
  { outcome: 'stacked', count: (each) => each.stacked },
  { outcome: 'duplicate', count: (each) => each.duplicates },
]

export function ImportScreen({ id, backHref }: { readonly id: string; readonly backHref: string }) {
  const found = useImport(id)
  const verb = useImportVerb()
  const [isAsking, setAsking] = useState(false)
  const page = useRef<HTMLDivElement>(null)
  const each = found.data
  return (
    <div ref={page} className={styles['page']}>
      <a className={styles['back']} href={backHref} draggable={false}>
        <ChevronLeft size={14} />
        {t('imports.back')}
      </a>
      {found.isError && <Problem sentence={sentenceOf(found.error)} onRetry={() => void found.refetch()} />}
      {verb.isError && <Problem sentence={sentenceOf(verb.error)} />}
      {each && (
        <>
          <header className={styles['header']}>
            <div>
              <h1 className={styles['title']}>{t(`imports.status.${each.status}`)}</h1>
              <p className={styles['sentence']}>{sentenceAbout(each)}</p>
            </div>
            <div className={styles['actions']}>
              <Actions each={each} onVerb={(name) => verb.mutate({ id, verb: name })} onUndo={() => setAsking(true)} />
            </div>
          </header>
          {isUnderWay(each) && <LatestAdded importId={id} isRunning={each.status === 'running'} />}
          {each.problem !== null && <Problem sentence={reasonLine(each.problem)} />}
          {each.archive && each.archive.types.length > 0 && <ArchiveTypes types={each.archive.types} />}
          <dl className={styles['figures']} hidden={each.archive !== null}>
            {figures.map(([name, label]) =>
              name === 'seen' || name === 'added' || each[name] > 0 ? (
                <div key={name}>
                  <dd>{number(each[name])}</dd>
                  <dt>{label}</dt>
                </div>
              ) : null,
            )}
          </dl>
          <dl className={styles['facts']}>
            {each.archive && <ArchiveFacts archive={each.archive} />}
            <Fact name={t('imports.from')}>
              {each.paths.map((path) => (
                <span key={path} className={styles['path']}>
                  {shortPath(path)}
                </span>
              ))}
            </Fact>
            <Fact name={t('imports.started')}>{when(each.startedAt)}</Fact>
            {each.finishedAt !== null && (
              <Fact name={t('imports.took')}>{duration(secondsBetween(each.startedAt, each.finishedAt))}</Fact>
            )}
            {(each.totalBytes > 0 || !each.archive) && <Fact name={t('imports.size')}>{bytes(each.totalBytes)}</Fact>}
            {!each.archive && (
              <Fact name={t('imports.kept')}>
                {each.reference ? t('imports.keptReference') : t('imports.keptCopy')}
              </Fact>
            )}
          </dl>
          {told.map(({ outcome, count }) =>
            count(each) > 0 ? (
              <ImportItems
                key={outcome}
                importId={id}
                outcome={outcome}
                count={count(each)}
                scroller={page}
                areRecords={each.archive !== null}
              />
            ) : null,
          )}
          {each.status === 'done' && told.every(({ count }) => count(each) === 0) && (
            <p className={styles['quiet']}>{t('imports.noProblems')}</p>
          )}
          {each.skipped > 0 && <p className={styles['quiet']}>{t('imports.skipped', { count: each.skipped })}</p>}
        </>
      )}
      {isAsking && each && (
        <Dialog
          title={t('imports.undoTitle')}
          onClose={() => setAsking(false)}
          actions={
            <>
              <Button onClick={() => setAsking(false)}>{t('cancel')}</Button>
              <Button
                kind="danger"
                onClick={() => {
                  setAsking(false)
                  verb.mutate({ id, verb: 'undo' })
                }}
              >
                {t(each.archive ? 'imports.undoConfirmArchive' : 'imports.undoConfirm', { count: addedBy(each) })}
              </Button>
            </>
          }
        >
          <p>{t(each.archive ? 'imports.undoLeadArchive' : 'imports.undoLead', { count: addedBy(each) })}</p>
        </Dialog>
      )}
    </div>
  )
}

function Actions({
  each,
  onVerb,
  onUndo,
}: {
  readonly each: Import
  readonly onVerb: (verb: 'pause' | 'resume' | 'cancel' | 'retry') => void
  readonly onUndo: () => void
}) {
  if (isUnderWay(each)) {
    return (
      <>
        {each.status === 'running' ? (
          <Button onClick={() => onVerb('pause')}>{t('running.pause')}</Button>
        ) : (
          <Button kind="primary" onClick={() => onVerb('resume')}>
            {t('running.resume')}
          </Button>
        )}
        <Button onClick={() => onVerb('cancel')}>{t('running.cancel')}</Button>
      </>
    )
  }
  return (
    <>
      {(each.status === 'cancelled' || each.status === 'failed') && (
        <Button onClick={() => onVerb('resume')}>{t('running.resume')}</Button>
      )}
      {each.status === 'done' && each.failed > 0 && (
        <Button onClick={() => onVerb('retry')}>
          {t(each.archive ? 'imports.retryRecords' : 'imports.retry', { count: each.failed })}
        </Button>
      )}
      {each.status !== 'undone' && addedBy(each) > 0 && <Button onClick={onUndo}>{t('imports.undo')}</Button>}
    </>
  )
}

/** Whose export it is, and which days it covers. */
function ArchiveFacts({ archive }: { readonly archive: NonNullable<Import['archive']> }) {
  const span = spanLine(archive)
  return (
    <>
      <Fact name={t('imports.account')}>{exportName(archive)}</Fact>
      {span !== null && <Fact name={t('imports.covers')}>{span}</Fact>}
    </>
  )
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function sentenceAbout(each: Import): string {
  if (each.status !== 'running') return outcomeSentence(each)
  const left = each.remainingSeconds
  return [
    progressOf(each),
    t('imports.bytesOf', { done: bytes(each.doneBytes), total: bytes(each.totalBytes) }),
    left === null || !each.scanComplete ? null : t('running.left', { duration: duration(left) }),
  ]
    .filter((part) => part !== null)
    .join(' · ')
}

function secondsBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / 1000
}
