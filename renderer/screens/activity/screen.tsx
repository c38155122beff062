import { History } from 'lucide-react'
import { SidebarEntry } from '../../components/SidebarEntry.tsx'
import { t } from '../../messages/translate.ts'
import { hrefOf } from '../../route.ts'
import type { EntryProps, Screen } from '../../screen.ts'
import { ActivityScreen } from './ActivityScreen.tsx'

declare module '../../route.ts' {
  interface ScreenNames {
    readonly activity: true
  }
}

export const activityScreen: Screen = {
  name: 'activity',
  Entry,
  shortcut: { keys: 'G V', meaning: 'keys.goActivity' },
  draw: () => (
    <ActivityScreen
      hrefOfImport={(id) => hrefOf('imports', id)}
      hrefOfAlbum={(id) => hrefOf('albums', id)}
      trashHref={hrefOf('trash')}
      importsHref={hrefOf('imports')}
    />
  ),
}

function Entry({ isCurrent }: EntryProps) {
  return <SidebarEntry href={hrefOf('activity')} name={t('nav.activity')} icon={<History />} isCurrent={isCurrent} />
}
