import styles from './Choice.module.css'

/** One of several ways, with a word on what it means. */
export function Choice({
  group,
  name,
  hint,
  isChosen,
  onChoose,
}: {
  readonly group: string
  readonly name: string
  readonly hint?: string
  readonly isChosen: boolean
  readonly onChoose: () => void
}) {
  return (
    <label className={styles['choice']}>
      <input type="radio" name={group} checked={isChosen} onChange={onChoose} aria-label={name} />
      <span>
        {name}
        {hint !== undefined && <span className={styles['hint']}>{hint}</span>}
      </span>
    </label>
  )
}
