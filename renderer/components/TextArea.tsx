import { useId } from 'react'
import styles from './TextArea.module.css'

/** A text of several lines, with its label and a hint on how to write it. */
export function TextArea({
  label,
  hint,
  value,
  rows = 3,
  isFocused = false,
  onText,
}: {
  readonly label: string
  readonly hint?: string
  readonly value: string
  readonly rows?: number
  /** It was opened to type in. */
  readonly isFocused?: boolean
  readonly onText: (text: string) => void
}) {
  const id = useId()
  return (
    <div className={styles['field']}>
      <label htmlFor={id} className={styles['label']}>
        {label}
      </label>
      <textarea
        id={id}
        className={styles['input']}
        rows={rows}
        autoFocus={isFocused} // eslint-disable-line jsx-a11y/no-autofocus
        value={value}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        onChange={(event) => onText(event.currentTarget.value)}
      />
      {hint !== undefined && (
        <p id={`${id}-hint`} className={styles['label']}>
          {hint}
        </p>
      )}
    </div>
  )
}
