import { sentenceOf } from '../../data/client.ts'
import { useExports, useStartExport } from '../../data/exports.ts'
import { Button } from '../../components/Button.tsx'
import { FolderField, folderOf } from '../../components/FolderField.tsx'
import { ExportEnded, ExportRunning } from '../../components/ExportState.tsx'
import { useKept } from '../../components/kept.ts'
import { Problem } from '../../components/Problem.tsx'
import { TextField } from '../../components/TextField.tsx'
import { t } from '../../messages/translate.ts'
import styles from './ExportPart.module.css'

const included = ['export.originals', 'export.sidecars', 'export.data', 'export.page'] as const

/** Everything out into a folder that needs no Coffer. */
export function ExportPart() {
  const exports = useExports()
  const [path, setPath] = useKept('export.path')
  const [since, setSince] = useKept('export.since')
  const start = useStartExport()
  const newest = exports.data?.find((each) => !each.isSelection)
  const isRunning = newest?.status === 'running'
  const isReady = path.trim() !== '' && !isRunning && !start.isPending
  return (
    <div className={styles['part']}>
      <p>{t('export.lead')}</p>
      <ul className={styles['included']}>
        {included.map((each) => (
          <li key={each}>{t(each)}</li>
        ))}
      </ul>
      {exports.isError && <Problem sentence={sentenceOf(exports.error)} onRetry={() => void exports.refetch()} />}
      {newest && isRunning ? (
        <ExportRunning now={newest} />
      ) : (
        <form
          className={styles['form']}
          onSubmit={(event) => {
            event.preventDefault()
            if (isReady) start.mutate({ path: folderOf(path), ...(since !== '' && { since }) })
          }}
        >
          <FolderField label={t('export.to')} path={path} onPath={setPath} />
          <p className={styles['hint']}>{t('export.toHint')}</p>
          <div className={styles['since']}>
            <TextField label={t('export.since')} type="date" value={since} onText={setSince} />
          </div>
          {start.isError && <Problem sentence={sentenceOf(start.error)} />}
          <div>
            <Button kind="primary" type="submit" disabled={!isReady}>
              {t('export.start')}
            </Button>
          </div>
        </form>
      )}
      {newest && !isRunning && <ExportEnded each={newest} />}
    </div>
  )
}
