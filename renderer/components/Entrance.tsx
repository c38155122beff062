import type { ReactNode } from 'react'
import { Mark } from './Mark.tsx'
import styles from './Entrance.module.css'

/** The page before a vault is open: the mark, a title, and what is to be done in the middle. */
export function Entrance({
  title,
  lead,
  isWide = false,
  children,
}: {
  readonly title: string
  readonly lead?: string
  readonly isWide?: boolean
  readonly children: ReactNode
}) {
  return (
    <main className={styles['page']}>
      <div className={styles['column']} data-wide={isWide}>
        <header className={styles['header']}>
          <span className={styles['mark']}>
            <Mark size={44} />
          </span>
          <h1 className={styles['title']}>{title}</h1>
          {lead !== undefined && <p className={styles['lead']}>{lead}</p>}
        </header>
        {children}
      </div>
    </main>
  )
}
