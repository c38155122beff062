import { useState } from 'react'
import { Plus } from 'lucide-react'
import type { WatchedFolder } from '../../../main/contract/index.ts'
import { sentenceOf } from '../../data/client.ts'
import { useWatchedFolders } from '../../data/watched-folders.ts'
import { t } from '../../messages/translate.ts'
import { Button } from '../Button.tsx'
import { useOneStop } from '../one-stop.ts'
import { Problem } from '../Problem.tsx'
import { PassOverDialog } from './PassOverDialog.tsx'
import { UnwatchDialog } from './UnwatchDialog.tsx'
import { WatchedFolderRow } from './WatchedFolderRow.tsx'
import { WatchFolderDialog } from './WatchFolderDialog.tsx'
import styles from './WatchedFolders.module.css'

type Asked = { readonly what: 'add' } | { readonly what: 'edit' | 'stop'; readonly folder: WatchedFolder }

/** The folders that are watched: how each is doing, and everything that can be done with it. */
export function WatchedFolders() {
  const folders = useWatchedFolders()
  const stop = useOneStop()
  const [asked, setAsked] = useState<Asked | null>(null)
  const close = (): void => setAsked(null)
  return (
    <section className={styles['section']} aria-labelledby="watched-folders">
      <header className={styles['header']}>
        <div>
          <h2 id="watched-folders" className={styles['title']}>
            {t('watch.title')}
          </h2>
          <p className={styles['lead']}>{t('watch.lead')}</p>
        </div>
        <Button onClick={() => setAsked({ what: 'add' })}>
          <Plus size={16} />
          {t('watch.add')}
        </Button>
      </header>
      {folders.isError && <Problem sentence={sentenceOf(folders.error)} onRetry={() => void folders.refetch()} />}
      {folders.data !== undefined && folders.data.length > 0 && (
        <ul ref={stop} className={styles['list']}>
          {folders.data.map((folder) => (
            <WatchedFolderRow
              key={folder.id}
              folder={folder}
              onEdit={() => setAsked({ what: 'edit', folder })}
              onStop={() => setAsked({ what: 'stop', folder })}
            />
          ))}
        </ul>
      )}
      {asked?.what === 'add' && <WatchFolderDialog onClose={close} />}
      {asked?.what === 'edit' && <PassOverDialog folder={asked.folder} onClose={close} />}
      {asked?.what === 'stop' && <UnwatchDialog folder={asked.folder} onClose={close} />}
    </section>
  )
}
