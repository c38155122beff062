import { Ellipsis, EyeOff, FolderOpen, FolderSync, FolderX, Pause, Play } from 'lucide-react'
import type { WatchedFolder } from '../../../main/contract/index.ts'
import { sentenceOf } from '../../data/client.ts'
import { shortPath } from '../../data/home-path.ts'
import { useEditWatchedFolder } from '../../data/watched-folders.ts'
import { ago } from '../../messages/format.ts'
import { nameOfPath } from '../../messages/path-name.ts'
import { reasonLine } from '../../messages/reason-line.ts'
import { t } from '../../messages/translate.ts'
import { IconButton } from '../IconButton.tsx'
import { Menu, MenuItem } from '../Menu.tsx'
import { notify } from '../notices.ts'
import styles from './WatchedFolderRow.module.css'

export function WatchedFolderRow({
  folder,
  onEdit,
  onStop,
}: {
  readonly folder: WatchedFolder
  readonly onEdit: () => void
  readonly onStop: () => void
}) {
  const edit = useEditWatchedFolder()
  const name = nameOfPath(folder.path)
  const isPaused = folder.status === 'paused'
  const setStatus = (status: 'active' | 'paused'): void =>
    edit.mutate({ id: folder.id, edit: { status } }, { onError: (error) => notify(sentenceOf(error)) })
  const show = async (): Promise<void> => {
    if ((await window.coffer?.showInFolder(folder.path)) === false) notify(t('watch.folderGone'))
  }
  return (
    <li className={styles['row']}>
      {folder.status === 'missing' ? <FolderX /> : <FolderSync />}
      <span className={styles['what']}>
        <span className={styles['name']}>{name}</span>
        <span className={styles['path']} title={folder.path}>
          {shortPath(folder.path)}
        </span>
        <span className={styles['facts']}>{factsOf(folder)}</span>
        {folder.problem !== null && <span className={styles['problem']}>{reasonLine(folder.problem)}</span>}
      </span>
      <span className={styles['status']} data-status={folder.status}>
        {t(`watch.status.${folder.status}`)}
      </span>
      <IconButton
        name={t(isPaused ? 'watch.resume' : 'watch.pause', { name })}
        disabled={edit.isPending}
        onClick={() => setStatus(isPaused ? 'active' : 'paused')}
      >
        {isPaused ? <Play /> : <Pause />}
      </IconButton>
      <Menu
        trigger={
          <IconButton name={t('watch.actions', { name })}>
            <Ellipsis />
          </IconButton>
        }
      >
        <MenuItem icon={<EyeOff size={16} />} onClick={onEdit}>
          {t('watch.edit')}
        </MenuItem>
        {window.coffer && (
          <MenuItem icon={<FolderOpen size={16} />} onClick={() => void show()}>
            {t('viewer.showInFolder')}
          </MenuItem>
        )}
        <MenuItem icon={<FolderX size={16} />} onClick={onStop}>
          {t('watch.stop')}
        </MenuItem>
      </Menu>
    </li>
  )
}

function factsOf(folder: WatchedFolder): string {
  return [
    t('watch.files', { count: folder.files }),
    folder.reference ? t('imports.keptReference') : t('imports.keptCopy'),
    folder.albumPerFolder ? t('watch.makesAlbums') : null,
    folder.ignore.length > 0 ? t('watch.ignores', { count: folder.ignore.length }) : null,
    folder.lastScanAt === null
      ? folder.status === 'active'
        ? t('watch.looking')
        : null
      : t('watch.looked', { ago: ago(folder.lastScanAt) }),
  ]
    .filter((part) => part !== null)
    .join(' · ')
}
