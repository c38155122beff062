import type { RestoreState } from '../../../main/contract/index.ts'
import { sentenceOf } from '../../data/client.ts'
import { shortPath } from '../../data/home-path.ts'
import { useCancelRestore } from '../../data/restore.ts'
import { useOpenVault } from '../../data/vault.ts'
import { Button } from '../../components/Button.tsx'
import { Problem } from '../../components/Problem.tsx'
import { ProgressBar } from '../../components/ProgressBar.tsx'
import { failureLine } from '../../messages/problem-line.ts'
import { t } from '../../messages/translate.ts'
import styles from './RestoreVault.module.css'

/** The last step: how far it is, and how it ended. */
export function RestoreProgress({ now, onAgain }: { readonly now: RestoreState; readonly onAgain: () => void }) {
  const cancel = useCancelRestore()
  const open = useOpenVault()
  const { status, isVault, files, totalFiles, lost, to } = now
  const running = t(isVault ? 'restore.running' : 'restore.someRunning')
  if (status === 'running') {
    return (
      <div className={styles['form']}>
        <h2 className={styles['heading']}>{running}</h2>
        <p role="status">
          {totalFiles > 0
            ? t('restore.files', { files, totalFiles })
            : t(isVault ? 'restore.database' : 'restore.look')}
        </p>
        <ProgressBar name={running} share={totalFiles > 0 ? files / totalFiles : null} />
        <p className={styles['hint']}>{t('restore.path', { path: shortPath(to ?? '') })}</p>
        <div className={styles['actions']}>
          <Button disabled={cancel.isPending} onClick={() => cancel.mutate(undefined)}>
            {t('backups.stop')}
          </Button>
        </div>
      </div>
    )
  }
  if (status !== 'done') {
    return (
      <div className={styles['form']}>
        <Problem
          sentence={status === 'cancelled' ? t('restore.cancelled') : failureLine(now.problemCode, now.problem)}
        />
        <div className={styles['actions']}>
          <Button kind="primary" onClick={onAgain}>
            {t('restore.again')}
          </Button>
        </div>
      </div>
    )
  }
  return (
    <div className={styles['form']}>
      <h2 className={styles['heading']}>{t(isVault ? 'restore.done' : 'restore.someDone')}</h2>
      <p role="status">{t('restore.doneLead', { count: files, path: shortPath(to ?? '') })}</p>
      {lost.length > 0 && (
        <section aria-label={t('restore.lost', { count: lost.length })}>
          <Problem sentence={t('restore.lost', { count: lost.length })} />
          <ul className={styles['lost']}>
            {lost.map((each) => (
              <li key={`${each.sha256} ${each.filename}`}>{each.filename}</li>
            ))}
          </ul>
        </section>
      )}
      {open.isError && <Problem sentence={sentenceOf(open.error)} />}
      <div className={styles['actions']}>
        {isVault ? (
          <Button kind="primary" disabled={open.isPending} onClick={() => open.mutate({ path: to ?? '' })}>
            {t(open.isPending ? 'welcome.opening' : 'welcome.open')}
          </Button>
        ) : (
          <Button kind="primary" onClick={onAgain}>
            {t('restore.more')}
          </Button>
        )}
      </div>
    </div>
  )
}
