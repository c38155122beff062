import { Images } from 'lucide-react'
import { SidebarEntry } from '../../components/SidebarEntry.tsx'
import { allPosts, textOfFilters } from '../../data/post-filters.ts'
import { useStatus } from '../../data/vault.ts'
import { t } from '../../messages/translate.ts'
import { hrefOf } from '../../route.ts'
import type { EntryProps, Screen } from '../../screen.ts'
import { TimelineScreen } from './TimelineScreen.tsx'

declare module '../../route.ts' {
  interface ScreenNames {
    readonly timeline: true
  }
}

export const timelineScreen: Screen = {
  name: 'timeline',
  Entry,
  shortcut: { keys: 'G T', meaning: 'keys.goTimeline' },
  keys: {
    title: 'nav.timeline',
    keys: [
      { keys: '← ↑ → ↓', meaning: 'keys.walk' },
      { keys: 'Enter', meaning: 'keys.open' },
      { keys: 'Space', meaning: 'keys.choose' },
      { keys: 'Shift ← →', meaning: 'keys.range' },
      { keys: 'Ctrl A', meaning: 'keys.chooseDay' },
      { keys: 'A', meaning: 'albums.add' },
      { keys: 'T', meaning: 'tags.edit' },
      { keys: 'E', meaning: 'dates.edit' },
      { keys: 'P', meaning: 'places.edit' },
      { keys: 'Delete', meaning: 'trash.move' },
      { keys: 'Esc', meaning: 'select.clear' },
      { keys: '+ −', meaning: 'timeline.zoom' },
    ],
  },
  draw: ({ timeline, returnTo, onView, onImport }) => (
    <TimelineScreen
      store={timeline}
      returnTo={returnTo}
      hrefOfPosts={hrefOfPosts}
      onView={onView}
      onImport={onImport}
    />
  ),
}

function hrefOfPosts(day: string): string {
  return hrefOf('posts', textOfFilters({ ...allPosts, from: day, to: day }))
}

function Entry({ isCurrent }: EntryProps) {
  const status = useStatus()
  return (
    <SidebarEntry
      href={hrefOf('timeline')}
      name={t('nav.timeline')}
      icon={<Images />}
      isCurrent={isCurrent}
      count={status.data?.media}
    />
  )
}
