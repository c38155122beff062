import type { Backup } from '../../../main/contract/index.ts'
import { sentenceOf } from '../../data/client.ts'
import { needsKey, useSnapshots } from '../../data/backups.ts'
import { Button } from '../../components/Button.tsx'
import { Problem } from '../../components/Problem.tsx'
import { bytes, when } from '../../messages/format.ts'
import { t } from '../../messages/translate.ts'
import styles from './Lines.module.css'

/** The moments a vault can be restored to. */
export function Snapshots({
  backup,
  onLocked,
}: {
  readonly backup: Backup
  readonly onLocked: (goOn: () => void) => void
}) {
  const found = useSnapshots(backup.id)
  if (found.isPending) return <p className={styles['none']}>{t('loading')}</p>
  if (found.isError && needsKey(found.error)) {
    return (
      <p className={styles['none']}>
        {t('backups.snapshotsLocked')}{' '}
        <Button onClick={() => onLocked(() => void found.refetch())}>{t('backups.giveKey')}</Button>
      </p>
    )
  }
  if (found.isError) return <Problem sentence={sentenceOf(found.error)} onRetry={() => void found.refetch()} />
  const { items: snapshots, damaged } = found.data
  return (
    <>
      {damaged.length > 0 && <Problem sentence={t('backups.damagedSnapshots', { count: damaged.length })} />}
      {snapshots.length === 0 && <p className={styles['none']}>{t('backups.noSnapshots')}</p>}
      <ul className={styles['list']}>
        {snapshots.map((each) => (
          <li key={each.snapshot} className={styles['line']}>
            <time className={styles['what']} dateTime={each.createdAt}>
              {when(each.createdAt)}
            </time>
            <span className={styles['figures']} data-attention={each.missing > 0}>
              {t('files', { count: each.files })} · {bytes(each.bytes)}
              {each.missing > 0 && ` · ${t('backups.missing', { count: each.missing })}`}
            </span>
          </li>
        ))}
      </ul>
    </>
  )
}
