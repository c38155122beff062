import { useId, useState, type KeyboardEvent } from 'react'
import { Plus } from 'lucide-react'
import type { Album } from '../../../main/contract/index.ts'
import { useAlbums } from '../../engine/albums.ts'
import { sentenceOf } from '../../engine/client.ts'
import { number } from '../../words/format.ts'
import { say } from '../../words/say.ts'
import { Button } from '../Button.tsx'
import { Dialog } from '../Dialog.tsx'
import { Problem } from '../Problem.tsx'
import { AlbumCover } from './AlbumCover.tsx'
import { AlbumDialog } from './AlbumDialog.tsx'
import { matching } from './matching.ts'
import { useAlbumActions } from './use-album-actions.ts'
import styles from './AddToAlbumDialog.module.css'

type Offer = Album | 'new'

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
  const [at, setAt] = useState(0)
  const [isNaming, setNaming] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const list = useId()
  const name = text.trim()
  const found = matching(albums.data ?? [], text)
  const isNew = name !== '' && !found.some((album) => album.name.toLowerCase() === name.toLowerCase())
  const offers: readonly Offer[] = isNew ? [...found, 'new'] : found
  const current = Math.min(at, offers.length - 1)

  const take = async (offer: Offer | undefined): Promise<void> => {
    if (offer === undefined || isBusy) return
    setBusy(true)
    const done = await (offer === 'new' ? create({ name, mediaIds: [...mediaIds] }) : add(offer, mediaIds))
    setBusy(false)
    if (!done) return
    onClose()
    onDone()
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown') move(Math.min(current + 1, offers.length - 1))
    else if (event.key === 'ArrowUp') move(Math.max(current - 1, 0))
    else if (event.key === 'Enter') void take(offers[current])
    else return
    event.preventDefault()
  }
  const move = (to: number): void => {
    setAt(to)
    document.getElementById(`${list}-${to}`)?.scrollIntoView({ block: 'nearest' })
  }

  if (isNaming) return <AlbumDialog mediaIds={mediaIds} onClose={onClose} onDone={onDone} />
  return (
    <Dialog
      title={say('albums.addTitle', { count: mediaIds.length })}
      onClose={onClose}
      actions={
        <>
          <Button className={styles['new'] ?? ''} kind="quiet" onClick={() => setNaming(true)}>
            <Plus size={16} />
            {say('albums.newMore')}
          </Button>
          <Button onClick={onClose}>{say('cancel')}</Button>
        </>
      }
    >
      <input
        className={styles['input']}
        role="combobox"
        aria-label={say('albums.find')}
        aria-expanded={offers.length > 0}
        aria-controls={list}
        aria-activedescendant={offers.length > 0 ? `${list}-${current}` : undefined}
        aria-autocomplete="list"
        placeholder={say('albums.find')}
        value={text}
        maxLength={200}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => {
          setText(event.currentTarget.value)
          setAt(0)
        }}
        onKeyDown={onKeyDown}
      />
      {albums.isError && <Problem sentence={sentenceOf(albums.error)} onRetry={() => void albums.refetch()} />}
      <div id={list} role="listbox" aria-label={say('albums.found')} className={styles['list']}>
        {offers.map((offer, index) => (
          // Its keys are the field's, which keeps the focus.
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
          <div
            key={offer === 'new' ? offer : offer.id}
            id={`${list}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === current}
            className={styles['offer']}
            onPointerMove={() => setAt(index)}
            onClick={() => void take(offer)}
          >
            {offer === 'new' ? (
              <>
                <span className={styles['sign']}>
                  <Plus />
                </span>
                <span className={styles['name']}>{say('albums.newNamed', { name })}</span>
              </>
            ) : (
              <>
                <span className={styles['cover']}>
                  <AlbumCover album={offer} signSize={18} />
                </span>
                <span className={styles['name']}>{offer.name}</span>
                <span className={styles['count']}>{number(offer.mediaCount)}</span>
              </>
            )}
          </div>
        ))}
      </div>
    </Dialog>
  )
}
