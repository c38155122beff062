import { TriangleAlert } from 'lucide-react'
import { t } from '../messages/translate.ts'
import { Button } from './Button.tsx'
import styles from './Problem.module.css'

/** What went wrong, in a sentence, with the way to try again where there is one. */
export function Problem({ sentence, onRetry }: { readonly sentence: string; readonly onRetry?: () => void }) {
  return (
    <div className={styles['problem']} role="alert">
      <TriangleAlert />
      <p>{sentence}</p>
      {onRetry && <Button onClick={onRetry}>{t('tryAgain')}</Button>}
    </div>
  )
}
