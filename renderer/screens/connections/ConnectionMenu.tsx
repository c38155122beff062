import { CalendarClock, Ellipsis, ExternalLink, FileX, KeyRound, ScrollText, Unplug } from 'lucide-react'
import type { Connection } from '../../../main/contract/index.ts'
import { IconButton } from '../../components/IconButton.tsx'
import { Menu, MenuItem } from '../../components/Menu.tsx'
import { openLink } from '../../components/open-link.ts'
import { connectionName } from '../../messages/connection-lines.ts'
import { t } from '../../messages/translate.ts'
import type { Asked } from './ConnectionCard.tsx'

/** What is seldom done with a connection. */
export function ConnectionMenu({
  connection,
  isSynced,
  onAsk,
}: {
  readonly connection: Connection
  readonly isSynced: boolean
  readonly onAsk: (asked: Asked) => void
}) {
  const { profileUrl, authKind, status } = connection
  return (
    <Menu
      trigger={
        <IconButton name={t('connections.actions', { name: connectionName(connection) })}>
          <Ellipsis />
        </IconButton>
      }
    >
      {isSynced && (
        <MenuItem icon={<CalendarClock size={16} />} onClick={() => onAsk('plan')}>
          {t('connections.plan')}
        </MenuItem>
      )}
      <MenuItem icon={<ScrollText size={16} />} onClick={() => onAsk('log')}>
        {t('connections.log')}
      </MenuItem>
      <MenuItem icon={<FileX size={16} />} onClick={() => onAsk('letters')}>
        {t('connections.letters')}
      </MenuItem>
      {isSynced && authKind !== 'none' && (
        <MenuItem icon={<KeyRound size={16} />} onClick={() => onAsk('sign-in')}>
          {t('connections.signInAgain')}
        </MenuItem>
      )}
      {profileUrl !== null && (
        <MenuItem icon={<ExternalLink size={16} />} onClick={() => void openLink(profileUrl)}>
          {t('connections.openProfile')}
        </MenuItem>
      )}
      {(status !== 'disconnected' || connection.posts > 0) && (
        <MenuItem icon={<Unplug size={16} />} onClick={() => onAsk('disconnect')}>
          {t('connections.disconnect')}
        </MenuItem>
      )}
    </Menu>
  )
}
