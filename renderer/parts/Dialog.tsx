import type { ReactNode } from 'react'
import { Dialog as Base } from '@base-ui/react/dialog'
import styles from './Dialog.module.css'

/** A sheet over the window. Esc closes it, the focus stays inside and returns to where it was. */
export function Dialog({
  title,
  onClose,
  children,
  actions,
}: {
  readonly title: string
  readonly onClose: () => void
  readonly children: ReactNode
  readonly actions: ReactNode
}) {
  return (
    <Base.Root open onOpenChange={(isOpen) => !isOpen && onClose()} disablePointerDismissal>
      <Base.Portal>
        <Base.Backdrop className={styles['backdrop'] ?? ''} />
        <Base.Popup className={styles['dialog'] ?? ''}>
          <Base.Title className={styles['title'] ?? ''}>{title}</Base.Title>
          <div className={styles['body']}>{children}</div>
          <div className={styles['actions']}>{actions}</div>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}
