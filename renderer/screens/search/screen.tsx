import { Search } from 'lucide-react'
import { SidebarEntry } from '../../components/SidebarEntry.tsx'
import { t } from '../../messages/translate.ts'
import { hrefOf, replaceRoute } from '../../route.ts'
import type { EntryProps, Screen } from '../../screen.ts'
import { SearchScreen } from './SearchScreen.tsx'

declare module '../../route.ts' {
  interface ScreenNames {
    readonly search: true
  }
}

export const searchScreen: Screen = {
  name: 'search',
  takesId: true,
  Entry,
  shortcut: { keys: 'Ctrl F', meaning: 'search.title' },
  draw: ({ id, returnTo, onView }) => (
    <SearchScreen
      text={id ?? ''}
      returnTo={returnTo?.id ?? null}
      hrefOfAlbum={(album) => hrefOf('albums', album)}
      onText={(text) => replaceRoute('search', text)}
      onView={(sequence, photo) => onView(sequence, { day: '', id: photo })}
    />
  ),
}

function Entry({ isCurrent }: EntryProps) {
  return <SidebarEntry href={hrefOf('search')} name={t('search.title')} icon={<Search />} isCurrent={isCurrent} />
}
