import type { ReactNode } from 'react'
import styles from './Empty.module.css'

/** Says that there is nothing, and what to do about it. */
export function Empty({
  icon,
  title,
  children,
  actions,
}: {
  readonly icon: ReactNode
  readonly title: string
  readonly children: ReactNode
  readonly actions?: ReactNode
}) {
  return (
    <div className={styles['empty']}>
      {icon}
      <h2 className={styles['title']}>{title}</h2>
      <p className={styles['lead']}>{children}</p>
      {actions && <div className={styles['actions']}>{actions}</div>}
    </div>
  )
}
