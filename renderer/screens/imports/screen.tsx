import { Download } from 'lucide-react'
import { SidebarEntry } from '../../components/SidebarEntry.tsx'
import { t } from '../../messages/translate.ts'
import { hrefOf } from '../../route.ts'
import type { EntryProps, Screen } from '../../screen.ts'
import { ImportScreen } from './ImportScreen.tsx'
import { ImportsScreen } from './ImportsScreen.tsx'

declare module '../../route.ts' {
  interface ScreenNames {
    readonly imports: true
  }
}

export const importsScreen: Screen = {
  name: 'imports',
  takesId: true,
  Entry,
  shortcut: { keys: 'G I', meaning: 'keys.goImports' },
  draw: ({ id }) =>
    id === null ? (
      <ImportsScreen hrefOf={(each) => hrefOf('imports', each)} />
    ) : (
      <ImportScreen key={id} id={id} backHref={hrefOf('imports')} />
    ),
}

function Entry({ isCurrent }: EntryProps) {
  return <SidebarEntry href={hrefOf('imports')} name={t('nav.imports')} icon={<Download />} isCurrent={isCurrent} />
}
