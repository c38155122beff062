import { useId, type InputHTMLAttributes, type ReactNode } from 'react'
import styles from './TextField.module.css'

export interface TextFieldProps extends Omit<InputHTMLAttributes<HTMLInputElement>, 'onChange'> {
  readonly label: string
  readonly onText: (text: string) => void
  /** A button that belongs to the field. */
  readonly beside?: ReactNode
  /** The label stands beside the field, as in a bar. */
  readonly isInline?: boolean
}

export function TextField({ label, onText, beside, isInline = false, ...rest }: TextFieldProps) {
  const id = useId()
  return (
    <div className={styles['field']} data-inline={isInline}>
      <label htmlFor={id} className={styles['label']}>
        {label}
      </label>
      <div className={styles['line']}>
        <input
          {...rest}
          id={id}
          className={styles['input']}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => onText(event.currentTarget.value)}
        />
        {beside}
      </div>
    </div>
  )
}
