import { useMemo, useState } from 'react'
import type { PostVersion } from '../../../main/contract/index.ts'
import { VisuallyHidden } from '../../components/VisuallyHidden.tsx'
import { when } from '../../messages/format.ts'
import { t } from '../../messages/translate.ts'
import { Payload } from './Payload.tsx'
import { wordDiff } from './word-diff.ts'
import styles from './PostVersions.module.css'

/** Every version of a post, the newest first: what changed in its text since the one before, and how it came. */
export function PostVersions({ versions }: { readonly versions: readonly PostVersion[] }) {
  return (
    <section className={styles['section']}>
      <h3 className={styles['title']}>{t('posts.versions', { count: versions.length })}</h3>
      <ol className={styles['versions']}>
        {versions.map((version, index) => (
          <li key={version.id} className={styles['version']}>
            <p className={styles['when']}>
              {t('posts.versionOf', { when: when(version.receivedAt) })}
              {index === versions.length - 1 && versions.length > 1 && <span> · {t('posts.versionFirst')}</span>}
            </p>
            <Wording version={version} before={versions.slice(index + 1).find(({ text }) => text !== null)} />
            <Folded version={version} />
          </li>
        ))}
      </ol>
    </section>
  )
}

function Wording({ version, before }: { readonly version: PostVersion; readonly before: PostVersion | undefined }) {
  const { text, status } = version
  const changes = useMemo(() => wordDiff(before?.text ?? text ?? '', text ?? ''), [before, text])
  if (status === 'failed' || status === 'dead_letter')
    return <p className={styles['quiet']}>{t('posts.versionUnread')}</p>
  if (text === null) return <p className={styles['quiet']}>{t('posts.versionGone')}</p>
  if (text === '') return <p className={styles['quiet']}>{t('posts.noText')}</p>
  return (
    <p className={styles['text']}>
      {changes.map(({ kind, text: part }, index) => {
        // oxlint-disable-next-line react/no-array-index-key
        if (kind === 'same') return <span key={index}>{part}</span>
        const Mark = kind === 'added' ? 'ins' : 'del'
        return (
          // oxlint-disable-next-line react/no-array-index-key
          <Mark key={index} className={styles[kind]}>
            <VisuallyHidden>{` ${t(`posts.${kind}`)}: `}</VisuallyHidden>
            {part}
          </Mark>
        )
      })}
    </p>
  )
}

/** Written out only once it is open: a payload may be long. */
function Folded({ version }: { readonly version: PostVersion }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <details className={styles['folded']} open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        {t('posts.raw')}
        {version.format !== null && <span className={styles['format']}>{version.format}</span>}
      </summary>
      {isOpen && <Payload name={t('posts.rawName', { when: when(version.receivedAt) })} payload={version.payload} />}
    </details>
  )
}
