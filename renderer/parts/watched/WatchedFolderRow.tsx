import { Ellipsis, EyeOff, FolderOpen, FolderSync, FolderX, Pause, Play } from 'lucide-react'
import type { WatchedFolder } from '../../../main/contract/index.ts'
import { sentenceOf } from '../../engine/client.ts'
import { shortPath } from '../../engine/home-path.ts'
import { useEditWatchedFolder } from '../../engine/watched-folders.ts'
import { ago } from '../../words/format.ts'
import { nameOfPath } from '../../words/path-name.ts'
import { reasonLine } from '../../words/reason-line.ts'
import { say } from '../../words/say.ts'
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
    if ((await window.coffer?.showInFolder(folder.path)) === false) notify(say('watch.folderGone'))
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
        {say(`watch.status.${folder.status}`)}
      </span>
      <IconButton
        name={say(isPaused ? 'watch.resume' : 'watch.pause', { name })}
        disabled={edit.isPending}
        onClick={() => setStatus(isPaused ? 'active' : 'paused')}
      >
        {isPaused ? <Play /> : <Pause />}
      </IconButton>
      <Menu
        trigger={
          <IconButton name={say('watch.actions', { name })}>
            <Ellipsis />
          </IconButton>
        }
      >
        <MenuItem icon={<EyeOff size={16} />} onClick={onEdit}>
          {say('watch.edit')}
        </MenuItem>
        {window.coffer && (
          <MenuItem icon={<FolderOpen size={16} />} onClick={() => void show()}>
            {say('viewer.showInFolder')}
          </MenuItem>
        )}
        <MenuItem icon={<FolderX size={16} />} onClick={onStop}>
          {say('watch.stop')}
        </MenuItem>
      </Menu>
    </li>
  )
}

function factsOf(folder: WatchedFolder): string {
  return [
    say('watch.files', { count: folder.files }),
    folder.reference ? say('imports.keptReference') : say('imports.keptCopy'),
    folder.albumPerFolder ? say('watch.makesAlbums') : null,
    folder.ignore.length > 0 ? say('watch.ignores', { count: folder.ignore.length }) : null,
    folder.lastScanAt === null
      ? folder.status === 'active'
        ? say('watch.looking')
        : null
      : say('watch.looked', { ago: ago(folder.lastScanAt) }),
  ]
    .filter((part) => part !== null)
    .join(' · ')
}
