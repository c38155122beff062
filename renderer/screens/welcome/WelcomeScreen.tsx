import { useState } from 'react'
import { sentenceOf } from '../../engine/client.ts'
import { fullPath, shortPath } from '../../engine/home-path.ts'
import { useCreateVault, useOpenVault } from '../../engine/vault.ts'
import { Button } from '../../parts/Button.tsx'
import { Mark } from '../../parts/Mark.tsx'
import { Problem } from '../../parts/Problem.tsx'
import { TextField } from '../../parts/TextField.tsx'
import { say } from '../../words/say.ts'
import styles from './WelcomeScreen.module.css'

type Way = 'make' | 'open'

export function WelcomeScreen({
  suggestion,
  problem,
}: {
  readonly suggestion: string
  readonly problem: string | null
}) {
  const [way, setWay] = useState<Way>('make')
  const [isProblemSeen, setProblemSeen] = useState(false)
  return (
    <main className={styles['welcome']}>
      <div className={styles['column']}>
        <header className={styles['header']}>
          <span className={styles['mark']}>
            <Mark size={44} />
          </span>
          <h1 className={styles['title']}>{say('welcome.title')}</h1>
          <p className={styles['lead']}>{say('welcome.lead')}</p>
        </header>
        {problem !== null && !isProblemSeen && <Problem sentence={problem} />}
        {way === 'make' ? (
          <MakeVault suggestion={suggestion} onTry={() => setProblemSeen(true)} />
        ) : (
          <OpenVault onTry={() => setProblemSeen(true)} />
        )}
        <Button kind="quiet" className={styles['other'] ?? ''} onClick={() => setWay(way === 'make' ? 'open' : 'make')}>
          {way === 'make' ? say('welcome.openExisting') : say('welcome.make')}
        </Button>
      </div>
    </main>
  )
}

function MakeVault({ suggestion, onTry }: { readonly suggestion: string; readonly onTry: () => void }) {
  const [path, setPath] = useState(shortPath(suggestion))
  const [name, setName] = useState('')
  const create = useCreateVault()
  const submit = (): void => {
    onTry()
    create.mutate({ path: fullPath(path.trim()), name: name.trim() || say('app') })
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
      <FolderField path={path} onPath={setPath} />
      <p className={styles['hint']}>{say('welcome.makeHint')}</p>
      {create.isError && <Problem sentence={sentenceOf(create.error)} />}
      <Button kind="primary" type="submit" disabled={path.trim() === '' || create.isPending}>
        {create.isPending ? say('welcome.creating') : create.isError ? say('tryAgain') : say('welcome.create')}
      </Button>
    </form>
  )
}

function OpenVault({ onTry }: { readonly onTry: () => void }) {
  const [path, setPath] = useState('')
  const open = useOpenVault()
  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault()
        onTry()
        open.mutate({ path: fullPath(path.trim()) })
      }}
    >
      <FolderField path={path} onPath={setPath} />
      <p className={styles['hint']}>{say('welcome.openHint')}</p>
      {open.isError && <Problem sentence={sentenceOf(open.error)} />}
      <Button kind="primary" type="submit" disabled={path.trim() === '' || open.isPending}>
        {open.isPending ? say('welcome.opening') : open.isError ? say('tryAgain') : say('welcome.open')}
      </Button>
    </form>
  )
}

function FolderField({ path, onPath }: { readonly path: string; readonly onPath: (path: string) => void }) {
  const desktop = window.coffer
  const pick = async (): Promise<void> => {
    const picked = await desktop?.pickFolder()
    if (picked) onPath(shortPath(picked))
  }
  return (
    <TextField
      label={say('welcome.folder')}
      value={path}
      placeholder={say('welcome.typePath')}
      onText={onPath}
      beside={
        desktop && (
          <Button onClick={() => void pick()}>{path === '' ? say('welcome.choose') : say('welcome.change')}</Button>
        )
      }
    />
  )
}
