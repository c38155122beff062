import { useState } from 'react'
import type { Connection } from '../../../main/contract/index.ts'
import { sentenceOf } from '../../data/client.ts'
import { useDisconnect } from '../../data/connections.ts'
import { Button } from '../../components/Button.tsx'
import { Choice } from '../../components/Choice.tsx'
import { Choices } from '../../components/Choices.tsx'
import { CancelButton, Dialog } from '../../components/Dialog.tsx'
import { notify } from '../../components/notices.ts'
import { Problem } from '../../components/Problem.tsx'
import { connectionName } from '../../messages/connection-lines.ts'
import { t } from '../../messages/translate.ts'

/** Says what stays and what goes before a sign-in is forgotten. */
export function DisconnectDialog({
  connection,
  onClose,
}: {
  readonly connection: Connection
  readonly onClose: () => void
}) {
  const [erases, setErases] = useState(false)
  const disconnect = useDisconnect()
  const name = connectionName(connection)
  const count = connection.posts
  const run = (): void =>
    disconnect.mutate(
      { id: connection.id, erase: erases },
      {
        onSuccess: ({ erasedPosts }) => {
          onClose()
          notify(
            erases ? t('connections.erased', { name, count: erasedPosts }) : t('connections.disconnected', { name }),
          )
        },
      },
    )
  return (
    <Dialog
      title={t('connections.disconnectTitle', { name })}
      onClose={onClose}
      actions={
        <>
          <CancelButton />
          <Button kind={erases ? 'danger' : 'primary'} disabled={disconnect.isPending} onClick={run}>
            {erases ? t('connections.eraseConfirm', { count }) : t('connections.disconnectConfirm')}
          </Button>
        </>
      }
    >
      <p>{t(connection.authKind === 'archive' ? 'connections.disconnectLeadArchive' : 'connections.disconnectLead')}</p>
      <Choices legend={t('connections.disconnectWhat')}>
        <Choice
          group="archived"
          name={t('connections.keep')}
          hint={t('connections.keepHint', { count })}
          isChosen={!erases}
          onChoose={() => setErases(false)}
        />
        <Choice
          group="archived"
          name={t('connections.erase')}
          hint={t('connections.eraseHint', { count })}
          isChosen={erases}
          onChoose={() => setErases(true)}
        />
      </Choices>
      {disconnect.isError && <Problem sentence={sentenceOf(disconnect.error)} />}
    </Dialog>
  )
}
