import { useState } from 'react'
import type { SnapshotList } from '../../../main/contract/index.ts'
import { sentenceOf } from '../../data/client.ts'
import { shortPath } from '../../data/home-path.ts'
import { useStartRestore } from '../../data/restore.ts'
import { Button } from '../../components/Button.tsx'
import { Choice } from '../../components/Choice.tsx'
import { Choices } from '../../components/Choices.tsx'
import { FolderField, folderOf } from '../../components/FolderField.tsx'
import { Problem } from '../../components/Problem.tsx'
import { bytes, when } from '../../messages/format.ts'
import { t } from '../../messages/translate.ts'
import { ChooseSome } from './ChooseSome.tsx'
import type { Found } from './FindBackup.tsx'
import styles from './RestoreVault.module.css'

/** The second step: which moment, all of it or some, and where to. */
export function ChooseMoment({
  found,
  suggestion,
  onBack,
  onStarted,
}: {
  readonly found: Found
  readonly suggestion: string
  readonly onBack: () => void
  readonly onStarted: () => void
}) {
  const { items: snapshots, damaged } = found.list
  const [chosen, setChosen] = useState(snapshots[0]?.snapshot ?? null)
  /** What to bring back: null is the whole vault. */
  const [only, setOnly] = useState<readonly string[] | null>(null)
  const [to, setTo] = useState(shortPath(suggestion))
  const start = useStartRestore()
  const isReady = chosen !== null && to.trim() !== '' && only?.length !== 0 && !start.isPending
  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault()
        if (!isReady) return
        const input = { path: found.path, ...found.key, snapshot: chosen, to: folderOf(to) }
        start.mutate({ ...input, ...(only && { only: [...only] }) }, { onSuccess: onStarted })
      }}
    >
      {damaged.length > 0 && <Problem sentence={t('backups.damagedSnapshots', { count: damaged.length })} />}
      {snapshots.length === 0 ? (
        <p>{t('restore.nothing')}</p>
      ) : (
        <>
          <Choices legend={t('restore.moment')}>
            <div className={styles['moments']}>
              {snapshots.map((each) => (
                <Choice
                  key={each.snapshot}
                  group="snapshot"
                  name={when(each.createdAt)}
                  hint={contentLine(each)}
                  isChosen={chosen === each.snapshot}
                  onChoose={() => {
                    setChosen(each.snapshot)
                    if (only !== null) setOnly([])
                  }}
                />
              ))}
            </div>
          </Choices>
          <Choices legend={t('restore.what')}>
            <Choice
              group="what"
              name={t('restore.everything')}
              isChosen={only === null}
              onChoose={() => {
                setOnly(null)
                setTo(shortPath(suggestion))
              }}
            />
            <Choice
              group="what"
              name={t('restore.some')}
              isChosen={only !== null}
              onChoose={() => {
                setOnly([])
                setTo(t('restore.someFolder'))
              }}
            />
          </Choices>
          {only !== null && chosen !== null && (
            // Another moment may have other albums.
            <ChooseSome key={chosen} from={{ path: found.path, ...found.key, snapshot: chosen }} onOnly={setOnly} />
          )}
          <FolderField label={t('restore.to')} path={to} onPath={setTo} />
          <p className={styles['hint']}>{t(only === null ? 'restore.toHint' : 'restore.someHint')}</p>
        </>
      )}
      {start.isError && <Problem sentence={sentenceOf(start.error)} />}
      <div className={styles['actions']}>
        <Button onClick={onBack}>{t('restore.back')}</Button>
        {snapshots.length > 0 && (
          <Button kind="primary" type="submit" disabled={!isReady}>
            {t('restore.start')}
          </Button>
        )}
      </div>
    </form>
  )
}

/** What a snapshot holds, in a line. */
function contentLine({ vaultName, files, bytes: size, missing }: SnapshotList['items'][number]): string {
  return [
    vaultName,
    t('files', { count: files }),
    bytes(size),
    missing > 0 ? t('backups.missing', { count: missing }) : null,
  ]
    .filter((part) => part !== null)
    .join(' · ')
}
