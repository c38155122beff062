import { useId, type ReactNode } from 'react'
import { ChevronLeft } from 'lucide-react'
import { Button } from '../../components/Button.tsx'
import { CancelButton, Dialog } from '../../components/Dialog.tsx'
import { Problem } from '../../components/Problem.tsx'
import { platformName } from '../../messages/platform-name.ts'
import { t } from '../../messages/translate.ts'
import type { Step } from './ConnectDialog.tsx'
import styles from './StepDialog.module.css'

/** A form that connects one service: what it needs, honestly, and the way back to the others. */
export function StepDialog({
  step: { connector, onBack, onClose },
  confirm,
  isReady,
  error = null,
  onSubmit,
  children,
}: {
  readonly step: Step
  readonly confirm: string
  readonly isReady: boolean
  readonly error?: string | null
  readonly onSubmit: () => void
  readonly children: ReactNode
}) {
  const form = useId()
  const name = platformName(connector.platform)
  return (
    <Dialog
      title={t(connector.ways[0] === 'archive' ? 'connect.importOf' : 'connect.titleOf', { name })}
      onClose={onClose}
      actions={
        <>
          {onBack && (
            <Button kind="quiet" className={styles['back'] ?? ''} onClick={onBack}>
              <ChevronLeft size={14} />
              {t('connect.back')}
            </Button>
          )}
          <CancelButton />
          <Button kind="primary" type="submit" form={form} disabled={!isReady}>
            {confirm}
          </Button>
        </>
      }
    >
      <p>{t(`connect.lead.${connector.platform}`)}</p>
      <form
        id={form}
        className={styles['form']}
        onSubmit={(event) => {
          event.preventDefault()
          if (isReady) onSubmit()
        }}
      >
        {children}
        <input type="submit" hidden />
      </form>
      {error !== null && <Problem sentence={error} />}
    </Dialog>
  )
}
