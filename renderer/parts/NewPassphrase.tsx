import { say } from '../words/say.ts'
import { strengthOf } from './strength.ts'
import { TextField } from './TextField.tsx'
import styles from './NewPassphrase.module.css'

export interface TypedTwice {
  readonly first: string
  readonly second: string
}

const shortest = 8

/** It is long enough, and was typed twice alike. */
export function isAgreed({ first, second }: TypedTwice): boolean {
  return first.length >= shortest && first === second
}

/** A passphrase typed twice, with a word on how hard it is to guess. */
export function NewPassphrase({
  typed,
  onTyped,
}: {
  readonly typed: TypedTwice
  readonly onTyped: (typed: TypedTwice) => void
}) {
  const { first, second } = typed
  const strength = strengthOf(first)
  const differs = second !== '' && !first.startsWith(second) && first !== second
  return (
    <div className={styles['fields']}>
      <TextField
        label={say('passphrase.first')}
        type="password"
        value={first}
        maxLength={1000}
        onText={(text) => onTyped({ first: text, second })}
      />
      <div className={styles['meter']} data-strength={first === '' ? 'none' : strength} aria-hidden="true">
        {[1, 2, 3, 4].map((step) => (
          <span key={step} data-on={first !== '' && strength >= step} />
        ))}
      </div>
      <p className={styles['word']} role="status">
        {first === '' && say('passphrase.hint')}
        {first !== '' && first.length < shortest && say('passphrase.short')}
        {first.length >= shortest && say(`passphrase.strength.${strength}`)}
      </p>
      <TextField
        label={say('passphrase.second')}
        type="password"
        value={second}
        maxLength={1000}
        aria-invalid={differs}
        onText={(text) => onTyped({ first, second: text })}
      />
      {differs && (
        <p className={styles['differs']} role="status">
          {say('passphrase.differs')}
        </p>
      )}
    </div>
  )
}
