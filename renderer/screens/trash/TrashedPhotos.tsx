import { useMemo, type ReactNode } from 'react'
import { useNextPage } from '../../data/next-page.ts'
import type { useTrash } from '../../data/trash.ts'
import { useListSelection } from '../../components/photos/list-selection.ts'
import { PhotoGrid } from '../../components/photos/PhotoGrid.tsx'
import { restoreFromTrash } from '../../components/photos/trash-action.ts'
import { t } from '../../messages/translate.ts'
import { daysLeft } from './days-left.ts'
import { TrashBar } from './TrashBar.tsx'

/** The photos in the trash, each with the days it has left. */
export function TrashedPhotos({
  trash,
  header,
  onDelete,
}: {
  readonly trash: ReturnType<typeof useTrash>
  /** What stands above them while none is chosen. */
  readonly header: ReactNode
  readonly onDelete: (ids: readonly string[], onDone: () => void) => void
}) {
  const tiles = useMemo(() => trash.data?.pages.flatMap((page) => page.items) ?? [], [trash.data])
  const { chosen, actions } = useListSelection(tiles)
  const ids = [...chosen.keys()]
  const more = useNextPage(trash)
  const restore = async (): Promise<void> => {
    await restoreFromTrash(ids)
    actions.clear()
  }
  const remove = (): void => onDelete(ids, actions.clear)
  return (
    <>
      {chosen.size > 0 ? (
        <TrashBar count={chosen.size} onRestore={() => void restore()} onDelete={remove} onClear={actions.clear} />
      ) : (
        header
      )}
      <PhotoGrid
        name={t('nav.trash')}
        tiles={tiles}
        chosen={chosen}
        actions={actions}
        noteOf={daysLeft}
        onDelete={remove}
        onEnd={more}
      />
    </>
  )
}
