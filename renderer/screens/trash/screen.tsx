import { Trash2 } from 'lucide-react'
import { SidebarEntry } from '../../components/SidebarEntry.tsx'
import { useStatus } from '../../data/vault.ts'
import { t } from '../../messages/translate.ts'
import { hrefOf } from '../../route.ts'
import type { EntryProps, Screen } from '../../screen.ts'
import { TrashScreen } from './TrashScreen.tsx'

declare module '../../route.ts' {
  interface ScreenNames {
    readonly trash: true
  }
}

export const trashScreen: Screen = {
  name: 'trash',
  Entry,
  shortcut: { keys: 'G D', meaning: 'keys.goTrash' },
  draw: () => <TrashScreen />,
}

function Entry({ isCurrent }: EntryProps) {
  const status = useStatus()
  return (
    <SidebarEntry
      href={hrefOf('trash')}
      name={t('nav.trash')}
      icon={<Trash2 />}
      isCurrent={isCurrent}
      count={status.data?.trashed}
    />
  )
}
