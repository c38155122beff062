import { useState } from 'react'
import { createPortal } from 'react-dom'
import { Copy, Printer } from 'lucide-react'
import { Button } from '../../components/Button.tsx'
import { Check } from '../../components/Check.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { QrCode } from '../../components/QrCode.tsx'
import { when } from '../../messages/format.ts'
import { t } from '../../messages/translate.ts'
import styles from './RecoveryKeyDialog.module.css'

/** Shows a recovery key the one time it can be seen. It closes only once the person says that it is kept. */
export function RecoveryKeyDialog({
  recoveryKey,
  path,
  onDone,
}: {
  readonly recoveryKey: string
  readonly path: string
  readonly onDone: () => void
}) {
  const [isKept, setKept] = useState(false)
  const [isCopied, setCopied] = useState(false)
  const [madeAt] = useState(() => new Date().toISOString())
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(recoveryKey)
    setCopied(true)
  }
  return (
    <Dialog
      title={t('recovery.title')}
      onClose={() => isKept && onDone()}
      actions={
        <Button kind="primary" disabled={!isKept} onClick={onDone}>
          {t('recovery.done')}
        </Button>
      }
    >
      <p>{t('recovery.lead')}</p>
      <div className={styles['both']}>
        <p className={styles['key']} data-testid="recovery-key">
          {recoveryKey}
        </p>
        <QrCode text={recoveryKey} label={t('recovery.code')} />
      </div>
      <div className={styles['ways']}>
        <Button onClick={() => void copy()}>
          <Copy size={16} />
          {t('recovery.copy')}
        </Button>
        <Button onClick={() => print()}>
          <Printer size={16} />
          {t('recovery.print')}
        </Button>
        <span role="status">{isCopied ? t('viewer.copied') : ''}</span>
      </div>
      <Check isOn={isKept} onChange={setKept}>
        {t('recovery.kept')}
      </Check>
      {createPortal(
        <div className={styles['sheet']} aria-hidden="true">
          <h1>{t('recovery.sheetTitle')}</h1>
          <p>{t('recovery.sheetLead')}</p>
          <div className={styles['both']}>
            <p className={styles['key']}>{recoveryKey}</p>
            <QrCode text={recoveryKey} label={t('recovery.code')} />
          </div>
          <p>{t('recovery.sheetFor', { path, when: when(madeAt) })}</p>
          <p>{t('recovery.sheetHow')}</p>
        </div>,
        document.body,
      )}
    </Dialog>
  )
}
