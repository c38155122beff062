import type { ReactNode } from 'react'
import styles from './Filter.module.css'

/** Narrows what is found while it is on. */
export function Filter({
  name,
  icon,
  isOn,
  onToggle,
}: {
  readonly name: string
  readonly icon: ReactNode
  readonly isOn: boolean
  readonly onToggle: () => void
}) {
  return (
    <button type="button" className={styles['filter']} aria-pressed={isOn} onClick={onToggle}>
      {icon}
      {name}
    </button>
  )
}
