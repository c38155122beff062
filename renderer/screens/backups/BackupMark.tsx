import { Check } from 'lucide-react'
import type { BackupState } from '../../data/backups.ts'
import styles from './BackupMark.module.css'

/** ✓ proven, • running, ! needs a look; nothing in between. */
export function BackupMark({ state }: { readonly state: BackupState | null }) {
  if (state === 'proven') return <Check size={14} strokeWidth={2.5} className={styles['proven']} />
  if (state === 'running') return <span className={styles['running']} />
  if (state === 'failing' || state === 'stale') return <span className={styles['attention']}>!</span>
  return null
}
