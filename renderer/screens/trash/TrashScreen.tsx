import { useCallback, useMemo, useState } from 'react'
import { RotateCcw, Trash2, X } from 'lucide-react'
import type { TrashPage } from '../../../main/contract/index.ts'
import { sentenceOf } from '../../engine/client.ts'
import { usePurge, useTrash } from '../../engine/trash.ts'
import { ActionBar } from '../../parts/ActionBar.tsx'
import { Button } from '../../parts/Button.tsx'
import { CancelButton, Dialog } from '../../parts/Dialog.tsx'
import { Empty } from '../../parts/Empty.tsx'
import { IconButton } from '../../parts/IconButton.tsx'
import { notify } from '../../parts/notices.ts'
import { useListSelection } from '../../parts/photos/list-selection.ts'
import { PhotoGrid } from '../../parts/photos/PhotoGrid.tsx'
import { restoreFromTrash } from '../../parts/photos/trash-action.ts'
import { Problem } from '../../parts/Problem.tsx'
import { bytes } from '../../words/format.ts'
import { say } from '../../words/say.ts'
import styles from './TrashScreen.module.css'

type Trashed = TrashPage['items'][number]

const dayMs = 86_400_000

/** What was thrown away, until its time is up: back with it, or gone for good. */
export function TrashScreen() {
  const trash = useTrash()
  const purge = usePurge()
  const [asking, setAsking] = useState<readonly string[] | 'all' | null>(null)
  const tiles = useMemo(() => trash.data?.pages.flatMap((page) => page.items) ?? [], [trash.data])
  const { chosen, actions } = useListSelection(tiles)
  const total = trash.data?.pages[0]?.total ?? 0
  const size = trash.data?.pages[0]?.bytes ?? 0
  const ids = [...chosen.keys()]

  const { hasNextPage, isFetchingNextPage, fetchNextPage } = trash
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage()
  }, [hasNextPage, isFetchingNextPage, fetchNextPage])

  const restore = async (): Promise<void> => {
    await restoreFromTrash(ids)
    actions.clear()
  }
  const destroy = (which: readonly string[] | 'all'): void => {
    setAsking(null)
    purge.mutate(which === 'all' ? null : which, {
      onSuccess: ({ changed }) => {
        actions.clear()
        notify(say('trash.purged', { count: changed }))
      },
      onError: (error) => notify(sentenceOf(error)),
    })
  }

  if (trash.isError) {
    return (
      <div className={styles['problem']}>
        <Problem sentence={sentenceOf(trash.error)} onRetry={() => void trash.refetch()} />
      </div>
    )
  }
  return (
    <section className={styles['page']} aria-label={say('nav.trash')}>
      {chosen.size > 0 ? (
        <ActionBar
          className={styles['choosing'] ?? ''}
          label={say('select.bar')}
          actions={[
            { name: say('trash.restore'), icon: <RotateCcw />, isNamed: true, run: () => void restore() },
            { name: say('trash.deleteForEver'), icon: <Trash2 />, isNamed: true, run: () => setAsking(ids) },
          ]}
        >
          <IconButton name={say('select.clear')} shortcut="Esc" onClick={actions.clear}>
            <X />
          </IconButton>
          <p className={styles['count']} role="status">
            {say('select.count', { count: chosen.size })}
          </p>
        </ActionBar>
      ) : (
        <header className={styles['header']}>
          <div>
            <h1 className={styles['title']}>{say('nav.trash')}</h1>
            {total > 0 && <p className={styles['lead']}>{say('trash.lead', { count: total, size: bytes(size) })}</p>}
          </div>
          {total > 0 && (
            <Button disabled={purge.isPending} onClick={() => setAsking('all')}>
              {say('trash.empty')}
            </Button>
          )}
        </header>
      )}
      {trash.data && total === 0 ? (
        <Empty icon={<Trash2 size={40} strokeWidth={1.25} />} title={say('trash.nothing')}>
          {say('trash.nothingLead')}
        </Empty>
      ) : (
        <PhotoGrid
          name={say('nav.trash')}
          tiles={tiles}
          chosen={chosen}
          actions={actions}
          noteOf={daysLeft}
          onDelete={() => setAsking(ids)}
          onEnd={more}
        />
      )}
      {asking !== null && (
        <Dialog
          title={say('trash.sure')}
          onClose={() => setAsking(null)}
          actions={
            <>
              <CancelButton />
              <Button kind="danger" onClick={() => destroy(asking)}>
                {say('trash.purge', { count: asking === 'all' ? total : asking.length })}
              </Button>
            </>
          }
        >
          <p>{say('trash.sureLead')}</p>
        </Dialog>
      )}
    </section>
  )
}

function daysLeft({ purgeAt }: Trashed): string {
  return say('trash.daysLeft', { days: Math.max(Math.ceil((Date.parse(purgeAt) - Date.now()) / dayMs), 0) })
}
