import { Brush, CalendarClock, Ellipsis, FolderOpen, KeyRound, ScanSearch, Unplug } from 'lucide-react'
import type { Backup, RunBackup } from '../../../main/contract/index.ts'
import { IconButton } from '../../components/IconButton.tsx'
import { Menu, MenuItem } from '../../components/Menu.tsx'
import { notify } from '../../components/notices.ts'
import { nameOfPath } from '../../messages/path-name.ts'
import { t } from '../../messages/translate.ts'

export type Asked = 'schedule' | 'passphrase' | 'remove'

/** What is seldom done with a backup. */
export function BackupMenu({
  backup,
  isOff,
  onAsk,
  onStart,
}: {
  readonly backup: Backup
  /** Nothing can be started now. */
  readonly isOff: boolean
  readonly onAsk: (asked: Asked) => void
  readonly onStart: (input: RunBackup) => void
}) {
  return (
    <Menu
      trigger={
        <IconButton name={t('watch.actions', { name: nameOfPath(backup.path) })}>
          <Ellipsis />
        </IconButton>
      }
    >
      <MenuItem icon={<CalendarClock size={16} />} onClick={() => onAsk('schedule')}>
        {t('backups.schedule')}
      </MenuItem>
      {!isOff && (
        <>
          <MenuItem icon={<ScanSearch size={16} />} onClick={() => onStart({ kind: 'check', readData: true })}>
            {t('backups.checkAll')}
          </MenuItem>
          <MenuItem icon={<Brush size={16} />} onClick={() => onStart({ kind: 'prune' })}>
            {t('backups.prune')}
          </MenuItem>
          <MenuItem icon={<KeyRound size={16} />} onClick={() => onAsk('passphrase')}>
            {t('backups.changePassphrase')}
          </MenuItem>
        </>
      )}
      {window.coffer && (
        <MenuItem icon={<FolderOpen size={16} />} onClick={() => void show(backup)}>
          {t('viewer.showInFolder')}
        </MenuItem>
      )}
      <MenuItem icon={<Unplug size={16} />} onClick={() => onAsk('remove')}>
        {t('backups.remove')}
      </MenuItem>
    </Menu>
  )
}

async function show({ path }: Backup): Promise<void> {
  if ((await window.coffer?.showInFolder(path)) === false) notify(t('watch.folderGone'))
}
