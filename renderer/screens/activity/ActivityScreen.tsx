import { useEffect, useMemo, useRef, useState, type ReactNode } from 'react'
import {
  Archive,
  Cable,
  ChevronRight,
  Download,
  Eye,
  EyeOff,
  GalleryVerticalEnd,
  History,
  KeyRound,
  MessageSquareText,
  PencilLine,
  Trash2,
  Undo2,
  UserRound,
} from 'lucide-react'
import type { ActivityEntry } from '../../../main/contract/index.ts'
import { activityKinds, useActivity, type ActivityKind } from '../../data/activity.ts'
import { useAlbums } from '../../data/albums.ts'
import { sentenceOf } from '../../data/client.ts'
import { useImports } from '../../data/imports.ts'
import { useWatchedFolders } from '../../data/watched-folders.ts'
import { Button } from '../../components/Button.tsx'
import { Empty } from '../../components/Empty.tsx'
import { useOneStop } from '../../components/one-stop.ts'
import { Problem } from '../../components/Problem.tsx'
import { activityLine, isSameEdit, type Named } from '../../messages/activity-line.ts'
import { calendarDay, timeOfDay } from '../../messages/format.ts'
import { t } from '../../messages/translate.ts'
import styles from './ActivityScreen.module.css'

interface Line {
  readonly entry: ActivityEntry
  readonly times: number
}

interface Day {
  readonly name: string
  readonly lines: readonly Line[]
}

/** What Coffer did, day by day, the last first. */
export function ActivityScreen({
  hrefOfImport,
  hrefOfAlbum,
  trashHref,
  importsHref,
}: {
  readonly hrefOfImport: (id: string) => string
  readonly hrefOfAlbum: (id: string) => string
  readonly trashHref: string
  readonly importsHref: string
}) {
  const [kind, setKind] = useState<ActivityKind>('all')
  const kinds = useOneStop()
  const stop = useOneStop()
  const activity = useActivity(kind)
  const end = useRef<HTMLDivElement>(null)
  const entries = useMemo(() => activity.data?.pages.flatMap((page) => page.items) ?? [], [activity.data])
  const days = useMemo(() => byDay(entries), [entries])
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = activity
  const named = useNamed(hasNextPage || kind !== 'all' ? null : (entries.at(-1)?.id ?? null))

  useEffect(() => {
    const element = end.current
    if (!element || !hasNextPage || isFetchingNextPage) return
    const observer = new IntersectionObserver(
      ([seen]) => {
        if (seen?.isIntersecting) void fetchNextPage()
      },
      { root: element.parentElement, rootMargin: '800px' },
    )
    observer.observe(element)
    return () => observer.disconnect()
  }, [hasNextPage, isFetchingNextPage, fetchNextPage])

  const hrefOf = ({ action, objectId }: ActivityEntry): string | null => {
    if (objectId !== null && named.imports.has(objectId)) return hrefOfImport(objectId)
    if (objectId !== null && named.albums.get(objectId)?.deletedAt === null) return hrefOfAlbum(objectId)
    if (action === 'media.trashed') return trashHref
    if (objectId !== null && named.folders.has(objectId)) return importsHref
    return null
  }

  return (
    // It can be scrolled by keys, although not every line of it leads somewhere.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section className={styles['page']} aria-label={t('nav.activity')} tabIndex={0}>
      <header>
        <h1 className={styles['title']}>{t('nav.activity')}</h1>
        <p className={styles['lead']}>{t('activity.lead')}</p>
        <div ref={kinds} className={styles['kinds']} role="group" aria-label={t('activity.filter')}>
          {activityKinds.map((each) => (
            <Button key={each} kind="quiet" aria-pressed={each === kind} onClick={() => setKind(each)}>
              {t(`activity.filter.${each}`)}
            </Button>
          ))}
        </div>
      </header>
      {activity.isError && <Problem sentence={sentenceOf(activity.error)} onRetry={() => void activity.refetch()} />}
      {activity.data && entries.length === 0 && (
        <Empty
          icon={<History size={40} strokeWidth={1.25} />}
          title={t(kind === 'all' ? 'activity.empty' : 'activity.filterEmpty')}
        >
          {kind === 'all' && t('activity.emptyLead')}
        </Empty>
      )}
      <div ref={stop} className={styles['days']}>
        {days.map((day) => (
          <section key={day.name} className={styles['day']}>
            <h2 className={styles['date']}>{day.name}</h2>
            <ul>
              {day.lines.map(({ entry, times }) => {
                const href = hrefOf(entry)
                const inside = (
                  <>
                    {iconOf(entry.action)}
                    <span className={styles['sentence']}>{activityLine(entry, times, named)}</span>
                    <time className={styles['time']} dateTime={entry.at}>
                      {timeOfDay(entry.at)}
                    </time>
                    <span className={styles['onward']}>{href !== null && <ChevronRight size={14} />}</span>
                  </>
                )
                return (
                  <li key={entry.id} className={styles['item']}>
                    {href === null ? (
                      <span className={styles['line']}>{inside}</span>
                    ) : (
                      <a className={styles['line']} href={href} draggable={false}>
                        {inside}
                      </a>
                    )}
                  </li>
                )
              })}
            </ul>
          </section>
        ))}
      </div>
      <div ref={end} />
    </section>
  )
}

function useNamed(firstId: number | null): Named {
  const live = useAlbums()
  const trashed = useAlbums('trashed')
  const imports = useImports()
  const folders = useWatchedFolders()
  return useMemo(
    () => ({
      firstId,
      albums: new Map([...(live.data ?? []), ...(trashed.data ?? [])].map((album) => [album.id, album])),
      imports: new Map(imports.data?.map((each) => [each.id, each])),
      folders: new Map(folders.data?.map((folder) => [folder.id, folder])),
    }),
    [firstId, live.data, trashed.data, imports.data, folders.data],
  )
}

function byDay(entries: readonly ActivityEntry[]): readonly Day[] {
  const days: { name: string; lines: Line[] }[] = []
  for (const entry of entries) {
    const name = calendarDay(entry.at)
    let day = days.at(-1)
    if (day?.name !== name) {
      day = { name, lines: [] }
      days.push(day)
    }
    const last = day.lines.at(-1)
    if (last && isSameEdit(last.entry, entry)) day.lines[day.lines.length - 1] = { ...last, times: last.times + 1 }
    else day.lines.push({ entry, times: 1 })
  }
  return days
}

function iconOf(action: string): ReactNode {
  const [noun, act] = action.split('.')
  if (act === 'undone' || act === 'restored') return <Undo2 />
  if (act === 'trashed' || act === 'purged') return <Trash2 />
  if (noun === 'imports') return <Download />
  if (noun === 'integrations') return <Cable />
  if (noun === 'posts') return <MessageSquareText />
  if (noun === 'albums') return <GalleryVerticalEnd />
  if (noun === 'media') return <PencilLine />
  if (noun === 'watched-folders') return act === 'removed' ? <EyeOff /> : <Eye />
  if (noun === 'backups') return <Archive />
  if (noun === 'users') return <UserRound />
  if (noun === 'sessions' || noun === 'secrets') return <KeyRound />
  return <History />
}
