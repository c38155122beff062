import type { Verified } from '../../../main/contract/index.ts'
import { sentenceOf } from '../../data/client.ts'
import { useDoctor, useVerify } from '../../data/health.ts'
import { useStatus, useTrustVault } from '../../data/vault.ts'
import { Button } from '../../components/Button.tsx'
import { Problem } from '../../components/Problem.tsx'
import { dayName } from '../../messages/format.ts'
import { language } from '../../messages/locale.ts'
import { t } from '../../messages/translate.ts'
import { repairLines, troubleLine } from '../../messages/trouble-line.ts'
import styles from './Health.module.css'

/** How many of a long list are named here; the command line names them all. */
const mostNamed = 20

/** What is known to be wrong, how many originals were read back, and the ways to look again. */
export function Health() {
  const status = useStatus()
  const doctor = useDoctor()
  const trust = useTrustVault()
  const { run: verify, stop } = useVerify()
  const isBusy = doctor.isPending || verify.isPending
  if (status.isError) return <Problem sentence={sentenceOf(status.error)} onRetry={() => void status.refetch()} />
  if (!status.data) return null
  const { problems, originals, media } = status.data

  return (
    <>
      {problems.length === 0 ? (
        <p>{t('health.well')}</p>
      ) : (
        <ul className={styles['problems']}>
          {problems.map((each) => (
            <li key={`${each.code}${each.message}`}>{troubleLine(each)}</li>
          ))}
        </ul>
      )}
      {problems.some(({ code }) => code === 'vault-untrusted') && (
        <Button kind="plain" disabled={trust.isPending} onClick={() => trust.mutate()}>
          {t('vault.trust')}
        </Button>
      )}
      {trust.isError && <Problem sentence={sentenceOf(trust.error)} />}
      <p className={styles['soft']}>
        {originals.lastCheckedAt === null
          ? t('health.notRead')
          : t('health.read', { checked: originals.checked, media, day: dayName(originals.lastCheckedAt) })}
      </p>
      <div className={styles['actions']}>
        <Button
          kind="plain"
          disabled={isBusy}
          onClick={() => {
            verify.reset()
            doctor.mutate()
          }}
        >
          {t(doctor.isPending ? 'health.looking' : 'health.look')}
        </Button>
        {verify.isPending ? (
          <Button kind="plain" onClick={stop}>
            {t('health.stop')}
          </Button>
        ) : (
          <Button
            kind="plain"
            disabled={isBusy}
            onClick={() => {
              doctor.reset()
              verify.mutate()
            }}
          >
            {t('health.readAll')}
          </Button>
        )}
      </div>
      <div role="status" className={styles['result']}>
        {verify.isPending && <p>{t('health.reading')}</p>}
        {verify.data === 'stopped' && <p>{t('health.stopped')}</p>}
        {doctor.isError && <Problem sentence={sentenceOf(doctor.error)} />}
        {verify.isError && <Problem sentence={sentenceOf(verify.error)} />}
        {doctor.data && (
          <Findings
            lines={[...repairLines(doctor.data), ...doctor.data.problems.map(troubleLine)]}
            none={t('health.nothingFound')}
          />
        )}
        {verify.data && verify.data !== 'stopped' && (
          <Findings lines={linesOf(verify.data)} none={t('health.allWhole', { count: verify.data.checked })} />
        )}
      </div>
    </>
  )
}

function Findings({ lines, none }: { readonly lines: readonly string[]; readonly none: string }) {
  if (lines.length === 0) return <p>{none}</p>
  return (
    <ul className={styles['problems']}>
      {lines.slice(0, mostNamed).map((line) => (
        <li key={line}>{line}</li>
      ))}
      {lines.length > mostNamed && <li>{t('health.more', { count: lines.length - mostNamed })}</li>}
    </ul>
  )
}

function linesOf({ missing, damaged, orphans }: Verified): readonly string[] {
  return [
    ...damaged.map(({ path, reason }) => (language === 'en' ? `${path}: ${reason}` : t('health.damaged', { path }))),
    ...missing.map(({ path, reason }) => (language === 'en' ? `${path}: ${reason}` : t('health.missing', { path }))),
    ...orphans.map(({ path }) => t('health.orphan', { path })),
  ]
}
