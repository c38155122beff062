import { sentenceOf } from '../../engine/client.ts'
import { useDoctor, useHealth, useStatus } from '../../engine/vault.ts'
import { Button } from '../../parts/Button.tsx'
import { Problem } from '../../parts/Problem.tsx'
import { bytes, number } from '../../words/format.ts'
import { say } from '../../words/say.ts'
import styles from './SettingsScreen.module.css'

/** How the vault is, and the button that looks through all of it and repairs what can be repaired. */
export function HealthFacts() {
  const health = useHealth()
  const status = useStatus()
  const doctor = useDoctor()
  if (health.isError) return <Problem sentence={sentenceOf(health.error)} onRetry={() => void health.refetch()} />
  if (!health.data) return null
  const { database, jobs } = health.data
  const problems = doctor.data?.problems ?? status.data?.problems ?? health.data.problems
  const largest = database.tables.slice(0, 5).filter((table) => table.bytes > 0)
  return (
    <>
      <p role="status">
        {doctor.isPending
          ? say('health.looking')
          : problems.length === 0
            ? say('health.good')
            : say('health.problems', { count: problems.length })}
      </p>
      {problems.length > 0 && (
        <ul className={styles['list']}>
          {problems.map(({ code, message }) => (
            <li key={`${code} ${message}`}>{message}</li>
          ))}
        </ul>
      )}
      {doctor.data && doctor.data.repaired.length > 0 && (
        <ul className={styles['list']} aria-label={say('health.repaired')}>
          {doctor.data.repaired.map((done) => (
            <li key={done}>{done}</li>
          ))}
        </ul>
      )}
      {doctor.isError && <Problem sentence={sentenceOf(doctor.error)} onRetry={() => doctor.mutate()} />}
      <dl className={styles['facts']}>
        <div className={styles['fact']}>
          <dt>{say('health.size')}</dt>
          <dd>{bytes(database.sizeBytes)}</dd>
        </div>
        <div className={styles['fact']}>
          <dt>{say('health.jobs')}</dt>
          <dd>{say('health.jobsLine', { waiting: jobs.queued + jobs.running, failed: jobs.failed })}</dd>
        </div>
      </dl>
      <details className={styles['licences']}>
        <summary>{say('health.tables')}</summary>
        <ul>
          {largest.map((table) => (
            <li key={table.name} className={styles['licence']}>
              <span>{table.name}</span>
              <span>{say('health.table', { rows: number(table.rows), size: bytes(table.bytes) })}</span>
            </li>
          ))}
        </ul>
      </details>
      <div>
        <Button disabled={doctor.isPending} onClick={() => doctor.mutate()}>
          {say('health.look')}
        </Button>
      </div>
    </>
  )
}
