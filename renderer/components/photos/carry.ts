import type { DragEvent } from 'react'
import { t } from '../../messages/translate.ts'
import styles from './carry.module.css'

const kind = 'application/x-coffer-photos'

/** Photos leave the grid under the pointer, as a small slip that says how many. */
export function carryPhotos(event: DragEvent, ids: readonly string[]): void {
  event.dataTransfer.setData(kind, JSON.stringify(ids))
  event.dataTransfer.effectAllowed = 'copyMove'
  const slip = document.createElement('div')
  slip.className = styles['slip'] ?? ''
  slip.textContent = t('photos', { count: ids.length })
  document.body.append(slip)
  event.dataTransfer.setDragImage(slip, -12, -12)
  setTimeout(() => slip.remove())
}

export function holdsPhotos(event: DragEvent): boolean {
  return event.dataTransfer.types.includes(kind)
}

/** What is carried went on to something inside of the same element. */
export function isWithin({ currentTarget, relatedTarget }: DragEvent): boolean {
  return relatedTarget instanceof Node && currentTarget.contains(relatedTarget)
}

export function carriedPhotos(event: DragEvent): readonly string[] {
  try {
    const ids: unknown = JSON.parse(event.dataTransfer.getData(kind))
    return Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : []
  } catch {
    // It was carried here from another program.
    return []
  }
}
