import { secretRules, type SecretKind } from '../../main/contract/index.ts'
import { usePasswordStrength } from '../data/people.ts'
import { t } from '../messages/translate.ts'
import { TextField } from './TextField.tsx'
import styles from './NewPassphrase.module.css'

export interface TypedTwice {
  readonly first: string
  readonly second: string
}

const words = {
  passphrase: { label: 'passphrase.first', again: 'passphrase.second', short: 'passphrase.short' },
  password: { label: 'password.first', again: 'password.second', short: 'password.short' },
} as const

/** It is long enough, and was typed twice alike. */
export function isAgreed({ first, second }: TypedTwice, kind: SecretKind = 'passphrase'): boolean {
  return first.length >= secretRules[kind].characters && first === second
}

/** One that will be refused is not called good, however good it would be elsewhere. */
function asked<Score extends number>(strength: Score, kind: SecretKind): Score | 2 {
  return strength > 2 && strength < secretRules[kind].score ? 2 : strength
}

/** A passphrase typed twice, with a word on how hard it is to guess. */
export function NewPassphrase({
  kind = 'passphrase',
  typed,
  onTyped,
}: {
  readonly kind?: SecretKind
  readonly typed: TypedTwice
  readonly onTyped: (typed: TypedTwice) => void
}) {
  const { first, second } = typed
  const strength = usePasswordStrength(first)?.score ?? null
  const differs = second !== '' && !first.startsWith(second) && first !== second
  return (
    <div className={styles['fields']}>
      <TextField
        label={t(words[kind].label)}
        type="password"
        value={first}
        maxLength={1000}
        onText={(text) => onTyped({ first: text, second })}
      />
      <div className={styles['meter']} data-strength={strength ?? 'none'} aria-hidden="true">
        {[1, 2, 3, 4].map((step) => (
          <span key={step} data-on={strength !== null && strength >= step} />
        ))}
      </div>
      <p className={styles['word']} role="status">
        {first === '' && t('passphrase.hint')}
        {first !== '' && first.length < secretRules[kind].characters && t(words[kind].short)}
        {first.length >= secretRules[kind].characters &&
          strength !== null &&
          t(`passphrase.strength.${asked(strength, kind)}`)}
      </p>
      <TextField
        label={t(words[kind].again)}
        type="password"
        value={second}
        maxLength={1000}
        aria-invalid={differs}
        onText={(text) => onTyped({ first, second: text })}
      />
      {differs && (
        <p className={styles['differs']} role="status">
          {t('passphrase.differs')}
        </p>
      )}
    </div>
  )
}
