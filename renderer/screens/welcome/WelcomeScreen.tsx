import type { ErrorCode } from '../../../main/contract/index.ts'
import { useState } from 'react'
import { sentenceOf } from '../../engine/client.ts'
import { shortPath } from '../../engine/home-path.ts'
import { useRestore } from '../../engine/restore.ts'
import { leaveFor, useCreateVault, useOpenVault } from '../../engine/vault.ts'
import { Button } from '../../parts/Button.tsx'
import { Entrance } from '../../parts/Entrance.tsx'
import { FolderField, folderOf } from '../../parts/FolderField.tsx'
import { useKept } from '../../parts/kept.ts'
import { Problem } from '../../parts/Problem.tsx'
import { TextField } from '../../parts/TextField.tsx'
import { failureLine } from '../../words/problem-line.ts'
import { say } from '../../words/say.ts'
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
    <Entrance title={say('welcome.title')} lead={say('welcome.lead')} isWide>
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
                {say(names[each])}
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
    create.mutate({ path: folderOf(path), name: name.trim() || say('app') })
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
        label={say('welcome.name')}
        value={name}
        maxLength={100}
        placeholder={say('welcome.namePlaceholder')}
        onText={setName}
      />
      <FolderField label={say('welcome.folder')} path={path} onPath={setPath} />
      <p className={styles['hint']}>{say('welcome.makeHint')}</p>
      {create.isError && <Problem sentence={sentenceOf(create.error)} />}
      <Button kind="primary" type="submit" disabled={path.trim() === '' || create.isPending}>
        {create.isPending ? say('welcome.creating') : create.isError ? say('tryAgain') : say('welcome.create')}
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
      <FolderField label={say('welcome.folder')} path={path} onPath={setPath} />
      <p className={styles['hint']}>{say('welcome.openHint')}</p>
      {open.isError && <Problem sentence={sentenceOf(open.error)} />}
      {leave !== null && (
        <Button kind="plain" onClick={() => open.mutate({ path: folderOf(path), [leave]: true })}>
          {say(leave === 'trust' ? 'vault.trust' : 'vault.migrate')}
        </Button>
      )}
      <Button kind="primary" type="submit" disabled={path.trim() === '' || open.isPending}>
        {open.isPending ? say('welcome.opening') : open.isError ? say('tryAgain') : say('welcome.open')}
      </Button>
    </form>
  )
}
