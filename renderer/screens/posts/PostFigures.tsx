import { useMemo } from 'react'
import type { PostDetail } from '../../../main/contract/index.ts'
import { dayName } from '../../messages/format.ts'
import { figureLine } from '../../messages/post-lines.ts'
import { t } from '../../messages/translate.ts'
import { figuresOverTime, type FigureLine } from './figures-over-time.ts'
import styles from './PostFigures.module.css'

const size = { width: 200, height: 36 }
const edge = 3

/** How the figures of a post moved since they were first noted. */
export function PostFigures({ engagement }: { readonly engagement: PostDetail['engagement'] }) {
  const lines = useMemo(() => figuresOverTime(engagement), [engagement])
  if (lines.length === 0) return null
  return (
    <section className={styles['section']}>
      <h3 className={styles['title']}>{t('posts.figures')}</h3>
      <ul className={styles['lines']}>
        {lines.map((line) => (
          <li key={line.name} className={styles['line']}>
            <Graph line={line} />
            <span>
              {t('posts.figureLine', {
                now: figureLine(line.name, line.last),
                before: line.first,
                since: dayName(line.since),
              })}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** The same as the words beside it say. */
function Graph({ line: { points } }: { readonly line: FigureLine }) {
  const places = points.map(([x, y]) => [edge + x * (size.width - 2 * edge), edge + y * (size.height - 2 * edge)])
  const [endX = 0, endY = 0] = places.at(-1) ?? []
  return (
    <svg className={styles['graph']} viewBox={`0 0 ${size.width} ${size.height}`} aria-hidden="true">
      <polyline points={places.map((place) => place.join(',')).join(' ')} />
      <circle cx={endX} cy={endY} r={edge} />
    </svg>
  )
}
