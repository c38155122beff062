import { useState } from 'react'
import { Cable, Plus } from 'lucide-react'
import type { Connection } from '../../../main/contract/index.ts'
import { sentenceOf } from '../../data/client.ts'
import { useConnections } from '../../data/connections.ts'
import { Button } from '../../components/Button.tsx'
import { Empty } from '../../components/Empty.tsx'
import { Problem } from '../../components/Problem.tsx'
import { t } from '../../messages/translate.ts'
import { ConnectDialog } from './ConnectDialog.tsx'
import { ConnectionCard, type Asked } from './ConnectionCard.tsx'
import { DisconnectDialog } from './DisconnectDialog.tsx'
import { LettersDialog } from './LettersDialog.tsx'
import { LogDialog } from './LogDialog.tsx'
import { PlanDialog } from './PlanDialog.tsx'
import styles from './ConnectionsScreen.module.css'

/** The accounts whose posts come in: how each is doing, and everything that can be done with it. */
export function ConnectionsScreen({
  isAdding,
  onAdd,
  hrefOfPosts,
  onImport,
}: {
  /** An account is about to be connected; it is kept in the address. */
  readonly isAdding: boolean
  readonly onAdd: (isAdding: boolean) => void
  readonly hrefOfPosts: (accountId: string) => string
  readonly onImport: () => void
}) {
  const found = useConnections()
  const connections = found.data ?? []
  const [asked, setAsked] = useState<{ readonly id: string; readonly what: Asked } | null>(null)
  const connection = connections.find(({ id }) => id === asked?.id)
  return (
    <section className={styles['page']} aria-label={t('nav.connections')}>
      <header className={styles['header']}>
        <div>
          <h1 className={styles['title']}>{t('connections.title')}</h1>
          <p className={styles['lead']}>{t('connections.lead')}</p>
        </div>
        {connections.length > 0 && (
          <Button onClick={() => onAdd(true)}>
            <Plus size={16} />
            {t('connections.add')}
          </Button>
        )}
      </header>
      {found.isError && <Problem sentence={sentenceOf(found.error)} onRetry={() => void found.refetch()} />}
      {found.isSuccess && connections.length === 0 && (
        <Empty
          icon={<Cable size={40} strokeWidth={1.25} />}
          title={t('connections.empty')}
          actions={
            <>
              <Button kind="primary" onClick={() => onAdd(true)}>
                {t('connections.add')}
              </Button>
              <Button onClick={onImport}>{t('posts.importExport')}</Button>
            </>
          }
        >
          {t('connections.emptyLead')}
        </Empty>
      )}
      {connections.map((each) => (
        <ConnectionCard
          key={each.id}
          connection={each}
          postsHref={hrefOfPosts(each.id)}
          onAsk={(what) => setAsked({ id: each.id, what })}
          onImport={onImport}
        />
      ))}
      {isAdding && <ConnectDialog onImport={onImport} onClose={() => onAdd(false)} />}
      {connection && asked && (
        <AskedDialog connection={connection} what={asked.what} onImport={onImport} onClose={() => setAsked(null)} />
      )}
    </section>
  )
}

function AskedDialog({
  connection,
  what,
  onImport,
  onClose,
}: {
  readonly connection: Connection
  readonly what: Asked
  readonly onImport: () => void
  readonly onClose: () => void
}) {
  switch (what) {
    case 'plan':
      return <PlanDialog connection={connection} onClose={onClose} />
    case 'log':
      return <LogDialog connection={connection} onClose={onClose} />
    case 'letters':
      return <LettersDialog connection={connection} onClose={onClose} />
    case 'disconnect':
      return <DisconnectDialog connection={connection} onClose={onClose} />
    case 'sign-in':
      return <ConnectDialog again={connection} onImport={onImport} onClose={onClose} />
  }
}
