import { useMemo, useState } from 'react'
import { Copy } from 'lucide-react'
import { Button } from '../../components/Button.tsx'
import { t } from '../../messages/translate.ts'
import styles from './PostVersions.module.css'

/** What a service sent, written out for people. */
export function Payload({ name, payload }: { readonly name: string; readonly payload: unknown }) {
  const text = useMemo(() => JSON.stringify(payload, null, 2) ?? '', [payload])
  const [isCopied, setCopied] = useState(false)
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(text)
    setCopied(true)
  }
  return (
    <div className={styles['payload']}>
      {/* It can be scrolled by keys. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre className={styles['json']} tabIndex={0} role="region" aria-label={name}>
        {text}
      </pre>
      <div className={styles['copy']}>
        <Button onClick={() => void copy()}>
          <Copy size={16} />
          {t('posts.copy')}
        </Button>
        <span role="status">{isCopied ? t('posts.copied') : ''}</span>
      </div>
    </div>
  )
}
