import { Settings } from 'lucide-react'
import { SidebarEntry } from '../../components/SidebarEntry.tsx'
import { t } from '../../messages/translate.ts'
import { hrefOf } from '../../route.ts'
import type { EntryProps, Screen } from '../../screen.ts'
import { SettingsScreen } from './SettingsScreen.tsx'

declare module '../../route.ts' {
  interface ScreenNames {
    readonly settings: true
  }
}

export const settingsScreen: Screen = {
  name: 'settings',
  Entry,
  draw: ({ keyGroups }) => <SettingsScreen keyGroups={keyGroups} />,
}

function Entry({ isCurrent }: EntryProps) {
  return <SidebarEntry href={hrefOf('settings')} name={t('nav.settings')} icon={<Settings />} isCurrent={isCurrent} />
}
