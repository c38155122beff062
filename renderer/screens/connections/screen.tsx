import { Cable } from 'lucide-react'
import { SidebarEntry } from '../../components/SidebarEntry.tsx'
import { useConnections } from '../../data/connections.ts'
import { textOfFilters, allPosts } from '../../data/post-filters.ts'
import { needsAttention } from '../../messages/connection-lines.ts'
import { t } from '../../messages/translate.ts'
import { hrefOf, replaceRoute } from '../../route.ts'
import type { EntryProps, Screen } from '../../screen.ts'
import { AttentionMark } from './AttentionMark.tsx'
import { ConnectionsScreen } from './ConnectionsScreen.tsx'

declare module '../../route.ts' {
  interface ScreenNames {
    readonly connections: true
  }
}

/** In the address: an account is about to be connected. */
const adding = 'add'

export const connectionsScreen: Screen = {
  name: 'connections',
  takesId: true,
  Entry,
  shortcut: { keys: 'G C', meaning: 'keys.goConnections' },
  draw: ({ id, onImport }) => (
    <ConnectionsScreen
      isAdding={id === adding}
      onAdd={(isAdding) => replaceRoute('connections', isAdding ? adding : null)}
      hrefOfPosts={(account) => hrefOf('posts', textOfFilters({ ...allPosts, account }))}
      onImport={() => onImport('files')}
    />
  ),
}

function Entry({ isCurrent }: EntryProps) {
  const connections = useConnections().data ?? []
  const troubled = connections.filter(needsAttention).length
  return (
    <SidebarEntry
      href={hrefOf('connections')}
      name={t('nav.connections')}
      icon={<Cable />}
      isCurrent={isCurrent}
      {...(troubled > 0 && {
        mark: <AttentionMark />,
        standing: t('connections.someProblems', { count: troubled }),
      })}
    />
  )
}
