import { TriangleAlert } from 'lucide-react'
import styles from './AttentionMark.module.css'

/** Something waits for its person. */
export function AttentionMark() {
  return <TriangleAlert className={styles['mark'] ?? ''} size={14} />
}
