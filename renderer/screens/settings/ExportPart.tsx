import { sentenceOf } from '../../engine/client.ts'
import { useExports, useStartExport } from '../../engine/exports.ts'
import { Button } from '../../parts/Button.tsx'
import { FolderField, folderOf } from '../../parts/FolderField.tsx'
import { ExportEnded, ExportRunning } from '../../parts/ExportState.tsx'
import { useKept } from '../../parts/kept.ts'
import { Problem } from '../../parts/Problem.tsx'
import { TextField } from '../../parts/TextField.tsx'
import { say } from '../../words/say.ts'
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
      <p>{say('export.lead')}</p>
      <ul className={styles['included']}>
        {included.map((each) => (
          <li key={each}>{say(each)}</li>
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
          <FolderField label={say('export.to')} path={path} onPath={setPath} />
          <p className={styles['hint']}>{say('export.toHint')}</p>
          <div className={styles['since']}>
            <TextField label={say('export.since')} type="date" value={since} onText={setSince} />
          </div>
          {start.isError && <Problem sentence={sentenceOf(start.error)} />}
          <div>
            <Button kind="primary" type="submit" disabled={!isReady}>
              {say('export.start')}
            </Button>
          </div>
        </form>
      )}
      {newest && !isRunning && <ExportEnded each={newest} />}
    </div>
  )
}
