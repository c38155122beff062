import { useMemo } from 'react'
import { openLink } from '../../components/open-link.ts'
import { piecesOf } from './links.ts'
import styles from './PostText.module.css'

/** The text of a post as plain text; its web addresses open in the browser. */
export function PostText({ text, isWhole }: { readonly text: string; readonly isWhole: boolean }) {
  const pieces = useMemo(() => piecesOf(text), [text])
  return (
    <p className={styles['text']} data-whole={isWhole}>
      {pieces.map(({ text: part, url }, index) =>
        url === null ? (
          // oxlint-disable-next-line react/no-array-index-key
          <span key={index}>{part}</span>
        ) : (
          <a
            // oxlint-disable-next-line react/no-array-index-key
            key={index}
            href={url}
            className={styles['link']}
            draggable={false}
            onClick={(event) => {
              event.preventDefault()
              void openLink(url)
            }}
          >
            {part}
          </a>
        ),
      )}
    </p>
  )
}
