import styles from './ProgressBar.module.css'

/** How far something is, from 0 to 1; null while nobody knows. */
export function ProgressBar({ name, share }: { readonly name: string; readonly share: number | null }) {
  return (
    <div
      className={styles['bar']}
      data-unknown={share === null}
      role="progressbar"
      aria-label={name}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={share === null ? undefined : Math.round(share * 100)}
    >
      <div style={share === null ? undefined : { transform: `scaleX(${share})` }} />
    </div>
  )
}
