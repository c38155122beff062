import type { ReactNode } from 'react'
import { Pause, Play, RefreshCw } from 'lucide-react'
import type { Connection, ConnectionVerb } from '../../../main/contract/index.ts'
import { sentenceOf } from '../../data/client.ts'
import { useConnectionVerb } from '../../data/connections.ts'
import { Button } from '../../components/Button.tsx'
import { notify } from '../../components/notices.ts'
import { PlatformMark } from '../../components/PlatformMark.tsx'
import { Problem } from '../../components/Problem.tsx'
import { ProgressBar } from '../../components/ProgressBar.tsx'
import {
  connectionName,
  connectionProblem,
  intervalLine,
  stateOfConnection,
  syncingLine,
} from '../../messages/connection-lines.ts'
import { ago, number, until } from '../../messages/format.ts'
import { platformName } from '../../messages/platform-name.ts'
import { t } from '../../messages/translate.ts'
import { ConnectionMenu } from './ConnectionMenu.tsx'
import styles from './ConnectionCard.module.css'

/** What of a connection is asked about in a dialog. */
export type Asked = 'plan' | 'log' | 'letters' | 'disconnect' | 'sign-in'

/** One account: how it stands, its figures, and what can be done with it. */
export function ConnectionCard({
  connection,
  postsHref,
  onAsk,
  onImport,
}: {
  readonly connection: Connection
  readonly postsHref: string
  readonly onAsk: (asked: Asked) => void
  readonly onImport: () => void
}) {
  const verb = useConnectionVerb()
  const name = connectionName(connection)
  const state = stateOfConnection(connection)
  const problem = connectionProblem(connection)
  const { id, platform, server, running, isEnabled, media, deadLetters } = connection
  const run = (wanted: ConnectionVerb): void =>
    verb.mutate({ id, verb: wanted }, { onError: (error) => notify(sentenceOf(error)) })
  const isSynced = state !== 'archive' && state !== 'disconnected'
  return (
    <section className={styles['card']} aria-label={`${platformName(platform)} ${name}`}>
      <header className={styles['header']}>
        <PlatformMark platform={platform} size={36} />
        <div className={styles['what']}>
          <h2 className={styles['name']}>{name}</h2>
          <p className={styles['where']}>{[platformName(platform), server].filter(Boolean).join(' · ')}</p>
        </div>
        <span className={styles['state']} data-state={state}>
          {t(`connections.state.${state}`)}
        </span>
        <ConnectionMenu connection={connection} isSynced={isSynced} onAsk={onAsk} />
      </header>
      {problem !== null && running === null && <Problem sentence={problem} />}
      {running && (
        <div className={styles['running']}>
          <p role="status">{syncingLine(running)}</p>
          <ProgressBar
            name={t('connections.state.syncing')}
            share={running.total > 0 ? Math.min(running.done / running.total, 1) : null}
          />
        </div>
      )}
      <dl className={styles['facts']}>
        <Fact name={t('connections.posts')}>
          <a className={styles['link']} href={postsHref} draggable={false}>
            {number(connection.posts)}
          </a>
        </Fact>
        <Fact name={t('connections.media')}>{number(media.downloaded)}</Fact>
        {media.pending > 0 && <Fact name={t('connections.pending')}>{number(media.pending)}</Fact>}
        {media.failed > 0 && <Fact name={t('connections.failed')}>{number(media.failed)}</Fact>}
        {media.unavailable > 0 && <Fact name={t('connections.unavailable')}>{number(media.unavailable)}</Fact>}
        {deadLetters > 0 && <Fact name={t('connections.unreadable')}>{number(deadLetters)}</Fact>}
        <Fact name={t(connection.authKind === 'archive' ? 'connections.lastImport' : 'connections.lastSync')}>
          {lastSync(connection)}
        </Fact>
        {isSynced && (
          <Fact name={t('connections.nextSync')}>
            {isEnabled && connection.nextSyncAt !== null ? until(connection.nextSyncAt) : t('connections.notPlanned')}
            <span className={styles['hint']}>{intervalLine(connection.intervalMinutes)}</span>
          </Fact>
        )}
      </dl>
      <div className={styles['actions']}>
        {(state === 'token_expired' || state === 'disconnected') && connection.authKind !== 'archive' && (
          <Button kind="primary" onClick={() => onAsk('sign-in')}>
            {t('connections.signInAgain')}
          </Button>
        )}
        {isSynced && (
          <Button disabled={running !== null || verb.isPending} onClick={() => run('sync')}>
            <RefreshCw size={16} />
            {t('connections.sync')}
          </Button>
        )}
        {isSynced && (
          <Button disabled={verb.isPending} onClick={() => run(isEnabled ? 'pause' : 'resume')}>
            {isEnabled ? <Pause size={16} /> : <Play size={16} />}
            {t(isEnabled ? 'connections.pause' : 'connections.resume')}
          </Button>
        )}
        {(deadLetters > 0 || media.failed > 0) && (
          <Button disabled={running !== null || verb.isPending} onClick={() => run('retry')}>
            {t('connections.retry')}
          </Button>
        )}
        {state === 'archive' && <Button onClick={onImport}>{t('connections.newerExport')}</Button>}
      </div>
    </section>
  )
}

function lastSync({ lastSyncAt, lastSyncStatus, failures }: Connection): ReactNode {
  if (lastSyncAt === null) return t('connections.never')
  return (
    <>
      {ago(lastSyncAt)}
      {failures > 0 ? (
        <span className={styles['hint']}>{t('connections.failures', { count: failures })}</span>
      ) : (
        lastSyncStatus === 'partial' && <span className={styles['hint']}>{t('connections.partial')}</span>
      )}
    </>
  )
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
