import { useEffect, useRef } from 'react'
import type { Import } from '../../main/contract/index.ts'
import { sentenceOf } from '../data/client.ts'
import { useImport, useImportVerb, useStartImport, type RecognisedExport } from '../data/imports.ts'
import { Check } from '../components/Check.tsx'
import { PlatformMark } from '../components/PlatformMark.tsx'
import { Problem } from '../components/Problem.tsx'
import { broughtLine, exportName, spanLine, totalOf } from '../messages/archive-lines.ts'
import { wallDay } from '../messages/format.ts'
import { nameOfPath } from '../messages/path-name.ts'
import { reasonLine } from '../messages/reason-line.ts'
import { t } from '../messages/translate.ts'
import styles from './ExportLook.module.css'

/** An export of a service: whose, and what would come of it. It is read once without changing anything. */
export function ExportLook({
  found,
  isTaken,
  canLeave,
  onTake,
}: {
  readonly found: RecognisedExport
  readonly isTaken: boolean
  /** There is something else that could be imported without it. */
  readonly canLeave: boolean
  readonly onTake: (isTaken: boolean) => void
}) {
  const { mutate: start, data: started, error } = useStartImport()
  const { mutate: act } = useImportVerb()
  const { paths, refused } = found
  const hasBegun = useRef(false)
  useEffect(() => {
    if (hasBegun.current || refused !== null) return
    hasBegun.current = true
    start({ paths: [...paths], archive: true, dryRun: true })
    // Once, when it comes.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [])
  const id = started?.id ?? null
  useEffect(() => {
    if (id === null) return
    return () => act({ id, verb: 'cancel' })
  }, [id, act])
  return (
    <section className={styles['export']} aria-label={exportName(found)}>
      <header className={styles['header']}>
        <PlatformMark platform={found.platform} size={32} />
        <div className={styles['what']}>
          <h3 className={styles['name']}>{exportName(found)}</h3>
          <p className={styles['quiet']} title={paths.join('\n')}>
            {paths.length === 1 ? nameOfPath(paths[0] ?? '') : t('sheet.exportParts', { count: paths.length })}
          </p>
        </div>
      </header>
      {refused !== null && <Problem sentence={reasonLine(refused)} />}
      {error && <Problem sentence={sentenceOf(error)} />}
      {id !== null && <Contents id={id} />}
      {refused === null && id === null && !error && <p className={styles['quiet']}>{t('sheet.exportLooking')}</p>}
      {refused === null && canLeave && (
        <Check isOn={isTaken} onChange={onTake}>
          {t('sheet.exportTake')}
        </Check>
      )}
    </section>
  )
}

function Contents({ id }: { readonly id: string }) {
  const look = useImport(id).data
  const archive = look?.archive
  if (!look || !archive) return <p className={styles['quiet']}>{t('sheet.exportLooking')}</p>
  const brought = broughtLine(archive)
  const isReading = look.status === 'running'
  return (
    <div className={styles['contents']} aria-live="polite">
      {brought !== null && <p className={styles['brought']}>{brought}</p>}
      {brought === null && !isReading && look.problem === null && <p>{t('sheet.exportNothing')}</p>}
      <p className={styles['quiet']}>{factsOf(archive)}</p>
      {isReading && <p className={styles['quiet']}>{t('sheet.exportLooking')}</p>}
      {look.problem !== null && <Problem sentence={reasonLine(look.problem)} />}
      {!isReading && archive.samples.length > 0 && <Samples samples={archive.samples} />}
    </div>
  )
}

const mostSamples = 4

function Samples({ samples }: Pick<NonNullable<Import['archive']>, 'samples'>) {
  return (
    <details className={styles['samples']}>
      <summary>{t('sheet.exportSamples')}</summary>
      <ul>
        {samples.slice(0, mostSamples).map(({ type, at, title }) => (
          <li key={`${type} ${at} ${title}`} className={styles['sample']}>
            <span className={styles['quiet']}>{wallDay(at)}</span>
            <span className={styles['title']}>{title === '' ? t(`type.${type}`) : title}</span>
          </li>
        ))}
      </ul>
    </details>
  )
}

function factsOf(archive: NonNullable<Import['archive']>): string {
  const known = totalOf(archive, 'same') + totalOf(archive, 'updated')
  const [left, failed] = [totalOf(archive, 'left'), totalOf(archive, 'failed')]
  return [
    spanLine(archive),
    known > 0 ? t('sheet.exportKnown', { count: known }) : null,
    left > 0 ? t('sheet.exportLeft', { count: left }) : null,
    failed > 0 ? t('sheet.exportUnread', { count: failed }) : null,
  ]
    .filter((part) => part !== null)
    .join(' · ')
}
