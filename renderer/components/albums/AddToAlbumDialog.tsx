import { useState } from 'react'
import { Plus } from 'lucide-react'
import { useAlbums } from '../../data/albums.ts'
import { sentenceOf } from '../../data/client.ts'
import { number } from '../../messages/format.ts'
import { matching } from '../../messages/matching.ts'
import { t } from '../../messages/translate.ts'
import { Button } from '../Button.tsx'
import { CancelButton, Dialog } from '../Dialog.tsx'
import { Picker, type Offer } from '../Picker.tsx'
import { Problem } from '../Problem.tsx'
import { AlbumCover } from './AlbumCover.tsx'
import { AlbumDialog } from './AlbumDialog.tsx'
import { useAlbumActions } from './use-album-actions.ts'
import styles from './AddToAlbumDialog.module.css'

const newOne = 'new'

/** Finds an album by typing, or makes one of that name. */
export function AddToAlbumDialog({
  mediaIds,
  onClose,
  onDone,
}: {
  readonly mediaIds: readonly string[]
  readonly onClose: () => void
  readonly onDone: () => void
}) {
  const albums = useAlbums()
  const { add, create } = useAlbumActions()
  const [text, setText] = useState('')
  const [isNaming, setNaming] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const name = text.trim()
  const found = matching(albums.data ?? [], text, (album) => album.name)
  const isNew = name !== '' && !found.some((album) => album.name.toLowerCase() === name.toLowerCase())
  const offers: Offer[] = found.map((album) => ({
    key: album.id,
    sign: (
      <span className={styles['cover']}>
        <AlbumCover album={album} signSize={18} />
      </span>
    ),
    name: album.name,
    note: number(album.mediaCount),
  }))
  if (isNew) {
    const sign = (
      <span className={styles['sign']}>
        <Plus />
      </span>
    )
    offers.push({ key: newOne, sign, name: t('albums.newNamed', { name }) })
  }

  const take = async (key: string): Promise<void> => {
    const album = found.find((each) => each.id === key)
    if (isBusy) return
    setBusy(true)
    const done = await (album ? add(album, mediaIds) : create({ name, mediaIds: [...mediaIds] }))
    setBusy(false)
    if (!done) return
    onClose()
    onDone()
  }

  if (isNaming) return <AlbumDialog mediaIds={mediaIds} onClose={onClose} onDone={onDone} />
  return (
    <Dialog
      title={t('albums.addTitle', { count: mediaIds.length })}
      onClose={onClose}
      actions={
        <>
          <Button className={styles['new'] ?? ''} kind="quiet" onClick={() => setNaming(true)}>
            <Plus size={16} />
            {t('albums.newMore')}
          </Button>
          <CancelButton />
        </>
      }
    >
      {albums.isError && <Problem sentence={sentenceOf(albums.error)} onRetry={() => void albums.refetch()} />}
      <Picker
        label={t('albums.find')}
        listLabel={t('albums.found')}
        text={text}
        maxLength={200}
        offers={offers}
        onText={setText}
        onTake={(key) => void take(key)}
      />
    </Dialog>
  )
}
