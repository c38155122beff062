import { useState } from 'react'
import { connectors, type Connection } from '../../../main/contract/index.ts'
import { ChooseService } from './ChooseService.tsx'
import { ExportDialog } from './ExportDialog.tsx'
import { HandleDialog } from './HandleDialog.tsx'
import { SignInDialog } from './SignInDialog.tsx'
import { TokenDialog } from './TokenDialog.tsx'

export type Connector = (typeof connectors)[number]

/** What every step of connecting an account has to lead on. */
export interface Step {
  readonly connector: Connector
  /** The connection that is signed in to again. */
  readonly again: Connection | undefined
  /** To the other services; absent where one was meant from the beginning. */
  readonly onBack: (() => void) | undefined
  readonly onImport: () => void
  readonly onClose: () => void
}

/** From a service to a connected account, by the way that service has. */
export function ConnectDialog({
  again,
  onImport,
  onClose,
}: {
  readonly again?: Connection
  readonly onImport: () => void
  readonly onClose: () => void
}) {
  const [platform, setPlatform] = useState<string | null>(again?.platform ?? null)
  const connector = connectors.find((each) => each.platform === platform)
  if (!connector) return <ChooseService onChoose={setPlatform} onClose={onClose} />
  const step: Step = {
    connector,
    again,
    onBack: again ? undefined : () => setPlatform(null),
    onImport: () => {
      onClose()
      onImport()
    },
    onClose,
  }
  const [way] = connector.ways
  switch (way) {
    case 'handle':
      return <HandleDialog {...step} />
    case 'oauth':
    case 'own_app':
      return <SignInDialog {...step} />
    case 'token':
      return <TokenDialog {...step} />
    case 'archive':
      return <ExportDialog {...step} />
  }
}
