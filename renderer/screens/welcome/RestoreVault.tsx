import { useState } from 'react'
import type { BackupKey, ListSnapshotAlbums, RestoreState, SnapshotList } from '../../../main/contract/index.ts'
import { keyFrom } from '../../data/backups.ts'
import { sentenceOf } from '../../data/client.ts'
import { shortPath } from '../../data/home-path.ts'
import {
  useCancelRestore,
  useLookIntoBackup,
  useRestore,
  useSnapshotAlbums,
  useStartRestore,
} from '../../data/restore.ts'
import { useOpenVault } from '../../data/vault.ts'
import { Button } from '../../components/Button.tsx'
import { Check } from '../../components/Check.tsx'
import { Choice } from '../../components/Choice.tsx'
import { Choices } from '../../components/Choices.tsx'
import { FolderField, folderOf } from '../../components/FolderField.tsx'
import { useKept } from '../../components/kept.ts'
import { Problem } from '../../components/Problem.tsx'
import { ProgressBar } from '../../components/ProgressBar.tsx'
import { TextArea } from '../../components/TextArea.tsx'
import { TextField } from '../../components/TextField.tsx'
import { failureLine } from '../../messages/problem-line.ts'
import { bytes, when } from '../../messages/format.ts'
import { t } from '../../messages/translate.ts'
import styles from './RestoreVault.module.css'

/** What was found, and what opened it. */
interface Found {
  readonly path: string
  readonly key: BackupKey
  readonly list: SnapshotList
}

/** A vault out of a backup, step by step: where it is, which moment, where to, and then it runs. */
export function RestoreVault({ suggestion, onTry }: { readonly suggestion: string; readonly onTry: () => void }) {
  const restore = useRestore()
  const [found, setFound] = useState<Found | null>(null)
  /** The end of a restore stays with the engine; one that was seen before must not be shown again. */
  const [isFollowing, setFollowing] = useState(false)
  const now = restore.data
  // One that was running when this window came is followed to its end as well.
  if (now?.status === 'running' && !isFollowing) setFollowing(true)
  if (isFollowing && now && now.status !== 'none') return <Progress now={now} onAgain={() => setFollowing(false)} />
  if (!found) return <FindBackup onTry={onTry} onFound={setFound} />
  return (
    <ChooseMoment
      found={found}
      suggestion={suggestion}
      onBack={() => setFound(null)}
      onStarted={() => setFollowing(true)}
    />
  )
}

function FindBackup({ onTry, onFound }: { readonly onTry: () => void; readonly onFound: (found: Found) => void }) {
  const [path, setPath] = useKept('restore.from')
  const [typed, setTyped] = useState('')
  const look = useLookIntoBackup()
  const isReady = path.trim() !== '' && typed !== '' && !look.isPending
  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault()
        if (!isReady) return
        onTry()
        const from = { path: folderOf(path), key: keyFrom(typed) }
        look.mutate({ path: from.path, ...from.key }, { onSuccess: (list) => onFound({ ...from, list }) })
      }}
    >
      <FolderField label={t('restore.from')} path={path} onPath={setPath} />
      <TextField label={t('backups.key')} type="password" value={typed} onText={setTyped} />
      {look.isError && <Problem sentence={sentenceOf(look.error)} />}
      <Button kind="primary" type="submit" disabled={!isReady}>
        {t(look.isPending ? 'backups.opening' : 'restore.look')}
      </Button>
    </form>
  )
}

function ChooseMoment({
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
                  hint={[
                    each.vaultName,
                    t('files', { count: each.files }),
                    bytes(each.bytes),
                    each.missing > 0 ? t('backups.missing', { count: each.missing }) : null,
                  ]
                    .filter((part) => part !== null)
                    .join(' · ')}
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

/** Albums to tick, and photos by their names. */
function ChooseSome({
  from,
  onOnly,
}: {
  readonly from: ListSnapshotAlbums
  readonly onOnly: (only: readonly string[]) => void
}) {
  const [ticked, setTicked] = useState<readonly string[]>([])
  const [names, setNames] = useState('')
  const found = useSnapshotAlbums(from)
  const change = (albums: readonly string[], typed: string): void => {
    setTicked(albums)
    setNames(typed)
    const photos = typed.split('\n').map((line) => line.trim())
    onOnly([...albums, ...photos.filter((name) => name !== '')])
  }
  if (found.isPending) return <p role="status">{t('loading')}</p>
  if (found.isError) return <Problem sentence={sentenceOf(found.error)} />
  const { items: albums } = found.data
  return (
    <>
      {albums.length > 0 && (
        <Choices legend={t('restore.albums')}>
          <div className={styles['moments']}>
            {albums.map(({ id, name, files }) => (
              <Check
                key={id}
                isOn={ticked.includes(id)}
                onChange={(isOn) => change(isOn ? [...ticked, id] : ticked.filter((each) => each !== id), names)}
              >
                {name} · {t('files', { count: files })}
              </Check>
            ))}
          </div>
        </Choices>
      )}
      <TextArea
        label={t('restore.names')}
        hint={t('restore.namesHint')}
        value={names}
        onText={(text) => change(ticked, text)}
      />
    </>
  )
}

function Progress({ now, onAgain }: { readonly now: RestoreState; readonly onAgain: () => void }) {
  const cancel = useCancelRestore()
  const open = useOpenVault()
  const { status, isVault, files, totalFiles, lost, to } = now
  const running = t(isVault ? 'restore.running' : 'restore.someRunning')
  if (status === 'running') {
    return (
      <div className={styles['form']}>
        <h2 className={styles['heading']}>{running}</h2>
        <p role="status">
          {totalFiles > 0
            ? t('restore.files', { files, totalFiles })
            : t(isVault ? 'restore.database' : 'restore.look')}
        </p>
        <ProgressBar name={running} share={totalFiles > 0 ? files / totalFiles : null} />
        <p className={styles['hint']}>{t('restore.path', { path: shortPath(to ?? '') })}</p>
        <div className={styles['actions']}>
          <Button disabled={cancel.isPending} onClick={() => cancel.mutate(undefined)}>
            {t('backups.stop')}
          </Button>
        </div>
      </div>
    )
  }
  if (status !== 'done') {
    return (
      <div className={styles['form']}>
        <Problem
          sentence={status === 'cancelled' ? t('restore.cancelled') : failureLine(now.problemCode, now.problem)}
        />
        <div className={styles['actions']}>
          <Button kind="primary" onClick={onAgain}>
            {t('restore.again')}
          </Button>
        </div>
      </div>
    )
  }
  return (
    <div className={styles['form']}>
      <h2 className={styles['heading']}>{t(isVault ? 'restore.done' : 'restore.someDone')}</h2>
      <p role="status">{t('restore.doneLead', { count: files, path: shortPath(to ?? '') })}</p>
      {lost.length > 0 && (
        <section aria-label={t('restore.lost', { count: lost.length })}>
          <Problem sentence={t('restore.lost', { count: lost.length })} />
          <ul className={styles['lost']}>
            {lost.map((each) => (
              <li key={`${each.sha256} ${each.filename}`}>{each.filename}</li>
            ))}
          </ul>
        </section>
      )}
      {open.isError && <Problem sentence={sentenceOf(open.error)} />}
      <div className={styles['actions']}>
        {isVault ? (
          <Button kind="primary" disabled={open.isPending} onClick={() => open.mutate({ path: to ?? '' })}>
            {t(open.isPending ? 'welcome.opening' : 'welcome.open')}
          </Button>
        ) : (
          <Button kind="primary" onClick={onAgain}>
            {t('restore.more')}
          </Button>
        )}
      </div>
    </div>
  )
}
