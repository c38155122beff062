import type { Import } from '../../main/contract/index.ts'
import { useIsFolder } from '../data/folder-look.ts'
import { useImport } from '../data/imports.ts'
import { Choice } from '../components/Choice.tsx'
import { Choices } from '../components/Choices.tsx'
import { Problem } from '../components/Problem.tsx'
import { reasonLine } from '../messages/reason-line.ts'
import { t } from '../messages/translate.ts'
import styles from './ImportFlow.module.css'

/** A folder can be looked into once, or from now on. */
export function WatchChoice({
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

/** What files would come of it, counted while one looks. */
export function Counts({ id }: { readonly id: string }) {
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
