import { t } from '../../messages/translate.ts'
import type { Step } from './ConnectDialog.tsx'
import { ExportSteps } from './ExportSteps.tsx'
import { StepDialog } from './StepDialog.tsx'

/** A service that lets nobody in: how its export is asked for, and then chosen. */
export function ExportDialog(step: Step) {
  const { connector, onImport } = step
  return (
    <StepDialog step={step} confirm={t('connect.import')} isReady onSubmit={onImport}>
      <ExportSteps platform={connector.platform} isInstead={false} onImport={onImport} />
    </StepDialog>
  )
}
