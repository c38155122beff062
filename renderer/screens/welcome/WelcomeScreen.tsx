import type { ErrorCode } from '../../../main/contract/index.ts'
import { useState } from 'react'
import { sentenceOf } from '../../data/client.ts'
import { shortPath } from '../../data/home-path.ts'
import { useRestore } from '../../data/restore.ts'
import { leaveFor, useCreateVault, useOpenVault } from '../../data/vault.ts'
import { Button } from '../../components/Button.tsx'
import { Entrance } from '../../components/Entrance.tsx'
import { FolderField, folderOf } from '../../components/FolderField.tsx'
import { useKept } from '../../components/kept.ts'
import { Problem } from '../../components/Problem.tsx'
import { TextField } from '../../components/TextField.tsx'
import { failureLine } from '../../messages/problem-line.ts'
import { t } from '../../messages/translate.ts'
import { RestoreVault } from './RestoreVault.tsx'
import styles from './WelcomeScreen.module.css'

const ways = ['make', 'open', 'restore'] as const
type Way = (typeof ways)[number]
const names = { make: 'welcome.make', open: 'welcome.openExisting', restore: 'restore.way' } as const

export function WelcomeScreen({
  suggestion,
  problem,
  problemCode,
}: {
  readonly suggestion: string
  readonly problem: string | null
  readonly problemCode: ErrorCode | null
}) {
  const [chosen, setWay] = useState<Way | null>(null)
  const restore = useRestore()
  // A window that is opened again while a restore runs goes on showing it.
  const way = chosen ?? (restore.data?.status === 'running' ? 'restore' : 'make')
  const [isProblemSeen, setProblemSeen] = useState(false)
  return (
    <Entrance title={t('welcome.title')} lead={t('welcome.lead')} isWide>
      {problem !== null && !isProblemSeen && <Problem sentence={failureLine(problemCode, problem)} />}
      {way === 'make' && <MakeVault suggestion={suggestion} onTry={() => setProblemSeen(true)} />}
      {way === 'open' && <OpenVault onTry={() => setProblemSeen(true)} />}
      {way === 'restore' && <RestoreVault suggestion={suggestion} onTry={() => setProblemSeen(true)} />}
      {restore.data?.status !== 'running' && (
        <div className={styles['others']}>
          {ways
            .filter((each) => each !== way)
            .map((each) => (
              <Button key={each} kind="quiet" onClick={() => setWay(each)}>
                {t(names[each])}
              </Button>
            ))}
        </div>
      )}
    </Entrance>
  )
}

function MakeVault({ suggestion, onTry }: { readonly suggestion: string; readonly onTry: () => void }) {
  const [path, setPath] = useKept('vault.new', shortPath(suggestion))
  const [name, setName] = useKept('vault.name')
  const create = useCreateVault()
  const submit = (): void => {
    onTry()
    create.mutate({ path: folderOf(path), name: name.trim() || t('app') })
  }
  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <TextField
        label={t('welcome.name')}
        value={name}
        maxLength={100}
        placeholder={t('welcome.namePlaceholder')}
        onText={setName}
      />
      <FolderField label={t('welcome.folder')} path={path} onPath={setPath} />
      <p className={styles['hint']}>{t('welcome.makeHint')}</p>
      {create.isError && <Problem sentence={sentenceOf(create.error)} />}
      <Button kind="primary" type="submit" disabled={path.trim() === '' || create.isPending}>
        {create.isPending ? t('welcome.creating') : create.isError ? t('tryAgain') : t('welcome.create')}
      </Button>
    </form>
  )
}

function OpenVault({ onTry }: { readonly onTry: () => void }) {
  const [path, setPath] = useKept('vault.open')
  const open = useOpenVault()
  const leave = open.isError ? leaveFor(open.error) : null
  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault()
        onTry()
        open.mutate({ path: folderOf(path) })
      }}
    >
      <FolderField label={t('welcome.folder')} path={path} onPath={setPath} />
      <p className={styles['hint']}>{t('welcome.openHint')}</p>
      {open.isError && <Problem sentence={sentenceOf(open.error)} />}
      {leave !== null && (
        <Button kind="plain" onClick={() => open.mutate({ path: folderOf(path), [leave]: true })}>
          {t(leave === 'trust' ? 'vault.trust' : 'vault.migrate')}
        </Button>
      )}
      <Button kind="primary" type="submit" disabled={path.trim() === '' || open.isPending}>
        {open.isPending ? t('welcome.opening') : open.isError ? t('tryAgain') : t('welcome.open')}
      </Button>
    </form>
  )
}
