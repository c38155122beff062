import { useState, type DragEvent, type ReactNode } from 'react'
import { carriedPhotos, holdsPhotos, isWithin } from './photos/carry.ts'
import { VisuallyHidden } from './VisuallyHidden.tsx'
import { number } from '../messages/format.ts'
import styles from './SidebarEntry.module.css'

/** A way to a screen. With `onPhotos` photos can be dropped on it. */
export function SidebarEntry({
  href,
  name,
  icon,
  isCurrent,
  count,
  mark,
  standing = null,
  onPhotos,
}: {
  readonly href: string
  readonly name: string
  readonly icon: ReactNode
  readonly isCurrent: boolean
  readonly count?: number | undefined
  /** A sign of how things stand there, and the same in words. */
  readonly mark?: ReactNode
  readonly standing?: string | null
  readonly onPhotos?: (ids: readonly string[]) => void
}) {
  const [isOver, setOver] = useState(false)
  const over = (event: DragEvent): void => {
    if (!onPhotos || !holdsPhotos(event)) return
    event.preventDefault()
    event.stopPropagation()
    event.dataTransfer.dropEffect = 'copy'
    setOver(true)
  }
  const drop = (event: DragEvent): void => {
    if (!onPhotos || !holdsPhotos(event)) return
    event.preventDefault()
    event.stopPropagation()
    setOver(false)
    const ids = carriedPhotos(event)
    if (ids.length > 0) onPhotos(ids)
  }
  return (
    <a
      href={href}
      className={styles['entry']}
      aria-current={isCurrent ? 'page' : undefined}
      title={standing ?? name}
      draggable={false}
      data-over={isOver}
      onDragEnter={over}
      onDragOver={over}
      onDragLeave={(event) => !isWithin(event) && setOver(false)}
      onDrop={drop}
    >
      {icon}
      <span className={styles['label']}>{name}</span>{' '}
      {count !== undefined && count > 0 && <span className={styles['count']}>{number(count)}</span>}
      {standing !== null && (
        <>
          <span className={styles['mark']} aria-hidden="true">
            {mark}
          </span>
          <VisuallyHidden>{standing}</VisuallyHidden>
        </>
      )}
    </a>
  )
}
