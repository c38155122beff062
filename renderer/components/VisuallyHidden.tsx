import styles from './VisuallyHidden.module.css'

/** Words for a screen reader alone: what a sign beside them shows. */
export function VisuallyHidden({ children }: { readonly children: string }) {
  return <span className={styles['unseen']}>{children}</span>
}
