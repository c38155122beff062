import { useState, type ReactNode, type RefObject } from 'react'
import { CalendarClock, FolderOutput, FolderPlus, MapPin, Tag } from 'lucide-react'
import { t } from '../../messages/translate.ts'
import type { Action } from '../ActionBar.tsx'
import { AddToAlbumDialog } from '../albums/AddToAlbumDialog.tsx'
import { useLetters } from '../use-letters.ts'
import { CopiesDialog } from './CopiesDialog.tsx'
import { DateDialog } from './edit/DateDialog.tsx'
import { PlaceDialog } from './edit/PlaceDialog.tsx'
import { TagDialog } from './edit/TagDialog.tsx'

type Asked = 'album' | 'tags' | 'dates' | 'place' | 'copies'

/**
 * What a person says of photos in a dialog: their albums, words, when and where, and copies of them. Each has its action
 * for a toolbar and, wherever that toolbar is on screen, its letter. `dialog` is to be drawn beside it.
 */
export function usePhotoDialogs(
  bar: RefObject<Element | null>,
  ids: readonly string[],
  { onAdded }: { readonly onAdded?: () => void } = {},
): { readonly actions: Readonly<Record<Asked, Action>>; readonly dialog: ReactNode } {
  const [asked, setAsked] = useState<Asked | null>(null)
  const ask = (what: Asked) => (): void => setAsked(what)
  const close = (): void => setAsked(null)
  useLetters(bar, { a: ask('album'), t: ask('tags'), e: ask('dates'), p: ask('place') })
  return {
    actions: {
      album: { name: t('albums.add'), icon: <FolderPlus />, shortcut: 'A', run: ask('album') },
      tags: { name: t('tags.edit'), icon: <Tag />, shortcut: 'T', run: ask('tags') },
      dates: { name: t('dates.edit'), icon: <CalendarClock />, shortcut: 'E', run: ask('dates') },
      place: { name: t('places.edit'), icon: <MapPin />, shortcut: 'P', run: ask('place') },
      copies: { name: t('copies.save'), icon: <FolderOutput />, run: ask('copies') },
    },
    dialog: (
      <>
        {asked === 'album' && <AddToAlbumDialog mediaIds={ids} onClose={close} onDone={() => onAdded?.()} />}
        {asked === 'tags' && <TagDialog ids={ids} onClose={close} />}
        {asked === 'dates' && <DateDialog ids={ids} onClose={close} />}
        {asked === 'place' && <PlaceDialog ids={ids} onClose={close} />}
        {asked === 'copies' && <CopiesDialog ids={ids} onClose={close} />}
      </>
    ),
  }
}
