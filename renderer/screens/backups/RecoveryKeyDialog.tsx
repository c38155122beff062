import { useState } from 'react'
import { createPortal } from 'react-dom'
import { Copy, Printer } from 'lucide-react'
import { Button } from '../../parts/Button.tsx'
import { Check } from '../../parts/Check.tsx'
import { Dialog } from '../../parts/Dialog.tsx'
import { QrCode } from '../../parts/QrCode.tsx'
import { when } from '../../words/format.ts'
import { say } from '../../words/say.ts'
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
      title={say('recovery.title')}
      onClose={() => isKept && onDone()}
      actions={
        <Button kind="primary" disabled={!isKept} onClick={onDone}>
          {say('recovery.done')}
        </Button>
      }
    >
      <p>{say('recovery.lead')}</p>
      <div className={styles['both']}>
        <p className={styles['key']} data-testid="recovery-key">
          {recoveryKey}
        </p>
        <QrCode text={recoveryKey} label={say('recovery.code')} />
      </div>
      <div className={styles['ways']}>
        <Button onClick={() => void copy()}>
          <Copy size={16} />
          {say('recovery.copy')}
        </Button>
        <Button onClick={() => print()}>
          <Printer size={16} />
          {say('recovery.print')}
        </Button>
        <span role="status">{isCopied ? say('viewer.copied') : ''}</span>
      </div>
      <Check isOn={isKept} onChange={setKept}>
        {say('recovery.kept')}
      </Check>
      {createPortal(
        <div className={styles['sheet']} aria-hidden="true">
          <h1>{say('recovery.sheetTitle')}</h1>
          <p>{say('recovery.sheetLead')}</p>
          <div className={styles['both']}>
            <p className={styles['key']}>{recoveryKey}</p>
            <QrCode text={recoveryKey} label={say('recovery.code')} />
          </div>
          <p>{say('recovery.sheetFor', { path, when: when(madeAt) })}</p>
          <p>{say('recovery.sheetHow')}</p>
        </div>,
        document.body,
      )}
    </Dialog>
  )
}
