import { useEffect, useMemo, useRef, type KeyboardEvent, type MouseEvent, type ReactNode } from 'react'
import {
  AtSign,
  Bell,
  Bookmark,
  CalendarDays,
  Check,
  CircleUserRound,
  FileText,
  GalleryVerticalEnd,
  Globe,
  HeartPulse,
  Image,
  Link,
  ListChecks,
  Mail,
  MapPin,
  MessageSquare,
  MonitorSmartphone,
  Newspaper,
  NotebookText,
  Plug,
  RotateCcw,
  Share2,
  Tag,
  UserRound,
  Wallet,
} from 'lucide-react'
import { useVirtualizer } from '@tanstack/react-virtual'
import type { TrashedObjects as Page } from '../../../main/contract/index.ts'
import { useNextPage } from '../../data/next-page.ts'
import { restoreObjects, trashObjects, type ObjectRef, type useTrashedObjects } from '../../data/trash.ts'
import { IconButton } from '../../components/IconButton.tsx'
import { useOneStop } from '../../components/one-stop.ts'
import { useListSelection } from '../../components/photos/list-selection.ts'
import { createTrashRound } from '../../components/trash-round.ts'
import { when } from '../../messages/format.ts'
import { t } from '../../messages/translate.ts'
import { daysLeft } from './days-left.ts'
import { TrashBar } from './TrashBar.tsx'
import styles from './TrashedObjects.module.css'

type Trashed = Page['items'][number]

const rowHeight = 56
/** The next page is fetched when this many rows of the last one are left. */
const ahead = 40
/** A list has no days; see the selection of photos. */
const nowhere = ''

const objects = createTrashRound<ObjectRef>({
  trash: trashObjects,
  restore: restoreObjects,
  words: { moved: 'trash.itemsMoved', restored: 'trash.itemsRestored', restoredSome: 'trash.itemsRestoredSome' },
})

const icons: Readonly<Record<Trashed['type'], ReactNode>> = {
  media: <Image />,
  album: <GalleryVerticalEnd />,
  integration: <Plug />,
  profile_attribute: <CircleUserRound />,
  post: <Newspaper />,
  social_account: <AtSign />,
  email: <Mail />,
  message: <MessageSquare />,
  contact: <UserRound />,
  web_page: <Globe />,
  bookmark: <Bookmark />,
  calendar_event: <CalendarDays />,
  task: <ListChecks />,
  note: <NotebookText />,
  document: <FileText />,
  transaction: <Wallet />,
  location: <MapPin />,
  health_record: <HeartPulse />,
  tag: <Tag />,
  link: <Link />,
  share_link: <Share2 />,
  device: <MonitorSmartphone />,
  notification: <Bell />,
}

/** Albums, notes, and everything else in the trash that is no photo. Of very many only those in view are drawn. */
export function TrashedObjects({
  trash,
  header,
  onDelete,
}: {
  readonly trash: ReturnType<typeof useTrashedObjects>
  /** What stands above them while none is chosen. */
  readonly header: ReactNode
  readonly onDelete: (items: readonly ObjectRef[], onDone: () => void) => void
}) {
  const items = useMemo(() => trash.data?.pages.flatMap((page) => page.items) ?? [], [trash.data])
  const total = trash.data?.pages[0]?.total ?? 0
  const { chosen, actions } = useListSelection(items)
  const scroller = useRef<HTMLDivElement>(null)
  const stop = useOneStop()
  // There is no React compiler here whose guesses it could break.
  // eslint-disable-next-line react/incompatible-library
  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
  })
  const drawn = rows.getVirtualItems()
  const last = drawn.at(-1)?.index ?? 0
  const more = useNextPage(trash)
  useEffect(() => {
    if (last > items.length - ahead) more()
  }, [last, items.length, more])

  const refs = items.filter(({ id }) => chosen.has(id)).map(refOf)
  const restore = async (which: readonly ObjectRef[]): Promise<void> => {
    await objects.restore(which)
    actions.clear()
  }
  const remove = (): void => onDelete(refs, actions.clear)
  const onKeyDown = (event: KeyboardEvent): void => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'a') actions.widen(nowhere, items.length)
    else if (event.key === 'Escape' && chosen.size > 0) actions.clear()
    else if (event.key === 'Delete' && chosen.size > 0) remove()
    else return
    event.preventDefault()
  }
  const onCheck = (id: string, event: MouseEvent): void => {
    if (event.shiftKey) actions.extendTo({ day: nowhere, id })
    else actions.toggle({ day: nowhere, id })
  }
  return (
    <>
      {chosen.size > 0 ? (
        <TrashBar count={chosen.size} onRestore={() => void restore(refs)} onDelete={remove} onClear={actions.clear} />
      ) : (
        header
      )}
      <div ref={scroller} className={styles['scroller']}>
        <div ref={stop} onKeyDown={onKeyDown} role="presentation">
          <ul className={styles['list']} style={{ height: rows.getTotalSize() }} aria-label={t('trash.items')}>
            {drawn.map(({ index, start }) => {
              const item = items[index]
              if (!item) return null
              const name = item.title ?? t(`type.${item.type}`)
              return (
                <li
                  key={item.id}
                  className={styles['row']}
                  style={{ transform: `translateY(${start}px)`, height: rowHeight }}
                  aria-posinset={index + 1}
                  aria-setsize={total}
                >
                  <button
                    type="button"
                    role="checkbox"
                    aria-checked={chosen.has(item.id)}
                    className={styles['pick']}
                    onClick={(event) => onCheck(item.id, event)}
                  >
                    <span className={styles['box']}>
                      <Check size={14} strokeWidth={3} />
                    </span>
                    <span className={styles['icon']}>{icons[item.type]}</span>
                    <span className={styles['what']}>
                      <span className={styles['name']}>{name}</span>
                      <span className={styles['facts']}>
                        {t(`type.${item.type}`)} · {t('albums.deletedAt', { when: when(item.deletedAt) })}
                      </span>
                    </span>
                    <span className={styles['left']}>{daysLeft(item)}</span>
                  </button>
                  <IconButton name={t('trash.restoreNamed', { name })} onClick={() => void restore([refOf(item)])}>
                    <RotateCcw size={16} />
                  </IconButton>
                </li>
              )
            })}
          </ul>
        </div>
      </div>
    </>
  )
}

function refOf({ type, id }: Trashed): ObjectRef {
  return { type: type as ObjectRef['type'], id }
}
