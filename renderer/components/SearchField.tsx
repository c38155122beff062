import { Search } from 'lucide-react'
import styles from './SearchField.module.css'

/** Narrows a list while one types. Esc empties it. */
export function SearchField({
  name,
  value,
  onText,
}: {
  readonly name: string
  readonly value: string
  readonly onText: (text: string) => void
}) {
  return (
    <div className={styles['field']}>
      <Search size={16} />
      <input
        type="search"
        className={styles['input']}
        aria-label={name}
        placeholder={name}
        value={value}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => onText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || value === '') return
          event.stopPropagation()
          onText('')
        }}
      />
    </div>
  )
}
