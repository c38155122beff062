import { ShieldCheck } from 'lucide-react'
import { SidebarEntry } from '../../components/SidebarEntry.tsx'
import { stateOfAll, useBackups } from '../../data/backups.ts'
import { standingOf } from '../../messages/backup-lines.ts'
import { t } from '../../messages/translate.ts'
import { hrefOf } from '../../route.ts'
import type { EntryProps, Screen } from '../../screen.ts'
import { BackupMark } from './BackupMark.tsx'
import { BackupsScreen } from './BackupsScreen.tsx'

declare module '../../route.ts' {
  interface ScreenNames {
    readonly backups: true
  }
}

export const backupsScreen: Screen = {
  name: 'backups',
  Entry,
  shortcut: { keys: 'G B', meaning: 'keys.goBackups' },
  draw: ({ isAdmin }) => <BackupsScreen isAdmin={isAdmin} />,
}

function Entry({ isCurrent, isAdmin }: EntryProps) {
  const backups = useBackups().data ?? []
  return (
    <SidebarEntry
      href={hrefOf('backups')}
      name={t('nav.backups')}
      icon={<ShieldCheck />}
      isCurrent={isCurrent}
      {...(isAdmin && { mark: <BackupMark state={stateOfAll(backups)} />, standing: standingOf(backups) })}
    />
  )
}
