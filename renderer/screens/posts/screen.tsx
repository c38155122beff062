import { MessageSquareText } from 'lucide-react'
import { SidebarEntry } from '../../components/SidebarEntry.tsx'
import { usePostCounts } from '../../data/posts.ts'
import { t } from '../../messages/translate.ts'
import { goTo, hrefOf, replaceRoute } from '../../route.ts'
import type { EntryProps, Screen } from '../../screen.ts'
import { PostsScreen } from './PostsScreen.tsx'

declare module '../../route.ts' {
  interface ScreenNames {
    readonly posts: true
  }
}

export const postsScreen: Screen = {
  name: 'posts',
  takesId: true,
  Entry,
  shortcut: { keys: 'G P', meaning: 'keys.goPosts' },
  draw: ({ id, returnTo, onView, onImport }) => (
    <PostsScreen
      said={id}
      returnTo={returnTo?.id ?? null}
      onSay={(said) => replaceRoute('posts', said)}
      onView={(sequence, mediaId) => onView(sequence, { day: '', id: mediaId })}
      onConnect={() => goTo('connections', 'add')}
      onImport={() => onImport('files')}
    />
  ),
}

function Entry({ isCurrent }: EntryProps) {
  const counts = usePostCounts()
  return (
    <SidebarEntry
      href={hrefOf('posts')}
      name={t('nav.posts')}
      icon={<MessageSquareText />}
      isCurrent={isCurrent}
      count={counts.data?.total}
    />
  )
}
