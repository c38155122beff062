import { useState } from 'react'
import type { Connection } from '../../../main/contract/index.ts'
import { sentenceOf } from '../../data/client.ts'
import { usePlanConnection } from '../../data/connections.ts'
import { Button } from '../../components/Button.tsx'
import { Check } from '../../components/Check.tsx'
import { Choice } from '../../components/Choice.tsx'
import { Choices } from '../../components/Choices.tsx'
import { CancelButton, Dialog } from '../../components/Dialog.tsx'
import { Problem } from '../../components/Problem.tsx'
import { connectionName, intervalLine } from '../../messages/connection-lines.ts'
import { t } from '../../messages/translate.ts'

/** Minutes. */
const offered = [15, 60, 360, 1440, 10_080] as const

export function PlanDialog({ connection, onClose }: { readonly connection: Connection; readonly onClose: () => void }) {
  const [minutes, setMinutes] = useState(connection.intervalMinutes)
  const [pausesOnBattery, setPausesOnBattery] = useState(connection.pausesOnBattery)
  const plan = usePlanConnection()
  const title = t('connections.planTitle', { name: connectionName(connection) })
  // One that was set elsewhere is offered as well.
  const choices = [...new Set([...offered, connection.intervalMinutes])].toSorted((one, other) => one - other)
  return (
    <Dialog
      title={title}
      onClose={onClose}
      actions={
        <>
          <CancelButton />
          <Button
            kind="primary"
            disabled={plan.isPending}
            onClick={() =>
              plan.mutate({ id: connection.id, intervalMinutes: minutes, pausesOnBattery }, { onSuccess: onClose })
            }
          >
            {t('connections.planSave')}
          </Button>
        </>
      }
    >
      <Choices legend={t('connections.nextSync')}>
        {choices.map((each) => (
          <Choice
            key={each}
            group="interval"
            name={intervalLine(each)}
            isChosen={minutes === each}
            onChoose={() => setMinutes(each)}
          />
        ))}
      </Choices>
      <Check isOn={pausesOnBattery} onChange={setPausesOnBattery}>
        {t('connections.pausesOnBattery')}
      </Check>
      {plan.isError && <Problem sentence={sentenceOf(plan.error)} />}
    </Dialog>
  )
}
