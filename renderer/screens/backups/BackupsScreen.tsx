import { useState } from 'react'
import { Plus, ShieldCheck } from 'lucide-react'
import { sentenceOf } from '../../data/client.ts'
import { useBackups } from '../../data/backups.ts'
import { Button } from '../../components/Button.tsx'
import { Empty } from '../../components/Empty.tsx'
import { Problem } from '../../components/Problem.tsx'
import { t } from '../../messages/translate.ts'
import { BackupCard } from './BackupCard.tsx'
import { OneFile } from './OneFile.tsx'
import { SetUpDialog } from './SetUpDialog.tsx'
import styles from './BackupsScreen.module.css'

/** Where the vault is backed up to, how each of those places fares, and everything that can be done with it. */
export function BackupsScreen({ isAdmin }: { readonly isAdmin: boolean }) {
  const backups = useBackups()
  const [isSettingUp, setSettingUp] = useState(false)
  const setUp = (
    <Button kind={backups.data?.length === 0 ? 'primary' : 'plain'} onClick={() => setSettingUp(true)}>
      <Plus size={16} />
      {t(backups.data?.length === 0 ? 'backups.setUp' : 'backups.setUpAnother')}
    </Button>
  )
  return (
    <div className={styles['page']}>
      <header className={styles['header']}>
        <div>
          <h1 className={styles['title']}>{t('nav.backups')}</h1>
          {backups.data !== undefined && backups.data.length > 0 && (
            <p className={styles['lead']}>{t('backups.lead')}</p>
          )}
        </div>
        {backups.data !== undefined && backups.data.length > 0 && setUp}
      </header>
      {backups.isError && <Problem sentence={sentenceOf(backups.error)} onRetry={() => void backups.refetch()} />}
      {backups.data?.length === 0 && (
        <Empty
          icon={<ShieldCheck size={40} strokeWidth={1.25} />}
          title={t(isAdmin ? 'backups.empty' : 'backups.notYours')}
          actions={isAdmin && setUp}
        >
          {t(isAdmin ? 'backups.emptyLead' : 'backups.notYoursLead')}
        </Empty>
      )}
      {backups.data?.map((backup) => (
        <BackupCard key={backup.id} backup={backup} />
      ))}
      {backups.data && <OneFile />}
      {isSettingUp && <SetUpDialog onClose={() => setSettingUp(false)} />}
    </div>
  )
}
