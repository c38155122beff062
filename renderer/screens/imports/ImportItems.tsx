import type { ImportOutcome } from '../../../main/contract/index.ts'
import { sentenceOf } from '../../engine/client.ts'
import { shortPath } from '../../engine/home-path.ts'
import { useImportItems } from '../../engine/imports.ts'
import { Button } from '../../parts/Button.tsx'
import { Problem } from '../../parts/Problem.tsx'
import { say } from '../../words/say.ts'
import { bytes, number } from '../../words/format.ts'
import styles from './ImportItems.module.css'

/** The files of an import that met one fate, each with its reason. */
export function ImportItems({
  importId,
  outcome,
  count,
}: {
  readonly importId: string
  readonly outcome: ImportOutcome
  readonly count: number
}) {
  const found = useImportItems(importId, [outcome])
  const items = found.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <section>
      <h2 className={styles['title']}>
        {say(`outcome.${outcome}`)}
        <span className={styles['count']}>{number(count)}</span>
      </h2>
      {found.isError && <Problem sentence={sentenceOf(found.error)} onRetry={() => void found.refetch()} />}
      <ul className={styles['list']}>
        {items.map((item) => (
          <li key={item.path} className={styles['row']}>
            <span className={styles['what']}>
              <span className={styles['name']}>{item.path.split(/[\\/]/).at(-1)}</span>
              <span className={styles['path']} title={item.path}>
                {shortPath(item.path)}
              </span>
            </span>
            <span className={styles['reason']}>{item.reason}</span>
            <span className={styles['size']}>{bytes(item.sizeBytes)}</span>
          </li>
        ))}
      </ul>
      {found.hasNextPage && (
        <Button kind="quiet" disabled={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          {say('imports.showMore')}
        </Button>
      )}
    </section>
  )
}
