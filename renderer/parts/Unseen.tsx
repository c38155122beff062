import styles from './Unseen.module.css'

/** Words for a screen reader alone: what a sign beside them shows. */
export function Unseen({ children }: { readonly children: string }) {
  return <span className={styles['unseen']}>{children}</span>
}
