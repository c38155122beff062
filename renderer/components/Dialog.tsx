import { createContext, useContext, useState, type ReactNode } from 'react'
import { Dialog as Base } from '@base-ui/react/dialog'
import { t } from '../messages/translate.ts'
import { Button } from './Button.tsx'
import { useTyped } from './typed.ts'
import styles from './Dialog.module.css'

const Leave = createContext<() => void>(() => {})

/**
 * A sheet over the window. Its title and buttons stay in sight, what is between them scrolls. The focus stays inside and
 * returns to where it was. Esc and `CancelButton` leave it; when something was typed, it asks before that is lost.
 */
export function Dialog({
  title,
  isWide = false,
  onClose,
  children,
  actions,
}: {
  readonly title: string
  /** For what is read rather than filled in. */
  readonly isWide?: boolean
  readonly onClose: () => void
  readonly children: ReactNode
  readonly actions: ReactNode
}) {
  const typed = useTyped()
  const [isAsking, setAsking] = useState(false)
  const stay = (): void => {
    setAsking(false)
    typed.unsaved()?.focus()
  }
  const leave = (): void => {
    if (isAsking) stay()
    else if (typed.unsaved()) setAsking(true)
    else onClose()
  }
  return (
    <Leave value={leave}>
      <Base.Root open onOpenChange={(isOpen) => !isOpen && leave()} disablePointerDismissal>
        <Base.Portal>
          <Base.Backdrop className={styles['backdrop'] ?? ''} />
          <Base.Popup className={styles['dialog'] ?? ''} data-dialog="" data-wide={isWide}>
            <Base.Title className={styles['title'] ?? ''}>{title}</Base.Title>
            <div className={styles['body']} onFocus={typed.onFocus}>
              {children}
            </div>
            {isAsking ? (
              <Question onStay={stay} onLeave={onClose} />
            ) : (
              <div className={styles['actions']} data-actions="">
                {actions}
              </div>
            )}
          </Base.Popup>
        </Base.Portal>
      </Base.Root>
    </Leave>
  )
}

/** Leaves a dialog as Esc does. */
export function CancelButton({ isDisabled = false }: { readonly isDisabled?: boolean }) {
  return (
    <Button disabled={isDisabled} onClick={useContext(Leave)}>
      {t('cancel')}
    </Button>
  )
}

/** A dialog is open, and what is typed in it would be lost with the screen below. */
export function isDialogOpen(): boolean {
  return document.querySelector('[data-dialog]') !== null
}

function Question({ onStay, onLeave }: { readonly onStay: () => void; readonly onLeave: () => void }) {
  return (
    <div className={styles['actions']} data-actions="" role="alert">
      <p className={styles['question']}>{t('typed.ask')}</p>
      <Button onClick={onLeave}>{t('typed.discard')}</Button>
      {/* The question comes because of a key or a press; Enter is to keep what was typed. */}
      {/* oxlint-disable-next-line jsx-a11y/no-autofocus */}
      <Button kind="primary" autoFocus onClick={onStay}>
        {t('typed.keep')}
      </Button>
    </div>
  )
}
