import type { ReactNode } from 'react'
import styles from './Check.module.css'

/** Something that is so or not. */
export function Check({
  isOn,
  children,
  onChange,
}: {
  readonly isOn: boolean
  readonly children: ReactNode
  readonly onChange: (isOn: boolean) => void
}) {
  return (
    <label className={styles['check']}>
      <input type="checkbox" checked={isOn} onChange={(event) => onChange(event.currentTarget.checked)} />
      {children}
    </label>
  )
}
