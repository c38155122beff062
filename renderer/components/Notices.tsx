import { Toast } from '@base-ui/react/toast'
import { X } from 'lucide-react'
import { t } from '../messages/translate.ts'
import { notices } from './notices.ts'
import styles from './Notices.module.css'

/** What has just been done, for a moment, at the foot of the window. F6 leads there. */
export function Notices() {
  return (
    <Toast.Provider toastManager={notices} limit={3}>
      <Toast.Portal>
        <Toast.Viewport className={styles['place'] ?? ''} data-notices="">
          <List />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  )
}

function List() {
  const { toasts } = Toast.useToastManager()
  return toasts.map((toast) => (
    <Toast.Root key={toast.id} toast={toast} className={styles['notice'] ?? ''}>
      <Toast.Title className={styles['sentence'] ?? ''} render={<p />} />
      {toast.actionProps && <Toast.Action className={styles['action'] ?? ''} />}
      <Toast.Close className={styles['close'] ?? ''} aria-label={t('close')}>
        <X size={16} />
      </Toast.Close>
    </Toast.Root>
  ))
}
