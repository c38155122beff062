import { ChevronDown, CloudOff, Image } from 'lucide-react'
import { postTypeSchema, type Connection, type PostCounts, type PostType } from '../../../main/contract/index.ts'
import type { PostFilters } from '../../data/post-filters.ts'
import { Button } from '../../components/Button.tsx'
import { Filter } from '../../components/Filter.tsx'
import { TextField } from '../../components/TextField.tsx'
import { Menu, MenuChoices } from '../../components/Menu.tsx'
import { useOneStop } from '../../components/one-stop.ts'
import { connectionName } from '../../messages/connection-lines.ts'
import { number } from '../../messages/format.ts'
import { t } from '../../messages/translate.ts'
import styles from './PostFilterBar.module.css'

const everything = ''

/** What narrows the posts besides words: account, type, days, and what became of them. */
export function PostFilterBar({
  filters,
  counts,
  connections,
  onChange,
}: {
  readonly filters: PostFilters
  readonly counts: PostCounts | undefined
  readonly connections: readonly Connection[]
  readonly onChange: (filters: PostFilters) => void
}) {
  const stop = useOneStop()
  const change = (part: Partial<PostFilters>): void => onChange({ ...filters, ...part })
  const accounts = connections.filter(
    ({ id }) => id === filters.account || (counts?.accounts.some((each) => each.accountId === id) ?? true),
  )
  const account = accounts.find(({ id }) => id === filters.account)
  const types = postTypeSchema.options.filter(
    (type) => type === filters.type || (counts?.types.some((each) => each.type === type) ?? true),
  )
  return (
    <div className={styles['bar']}>
      <div ref={stop} className={styles['filters']} role="group" aria-label={t('posts.filters')}>
        <Menu
          trigger={
            <Button className={styles['menu'] ?? ''} data-on={filters.account !== null}>
              <span className={styles['name']}>{account ? connectionName(account) : t('posts.allAccounts')}</span>
              <ChevronDown size={14} />
            </Button>
          }
        >
          <MenuChoices
            value={filters.account ?? everything}
            choices={[
              { value: everything, name: t('posts.allAccounts') },
              ...accounts.map((each) => ({ value: each.id, name: connectionName(each) })),
            ]}
            onChoose={(id) => change({ account: id === everything ? null : id })}
          />
        </Menu>
        <Menu
          trigger={
            <Button className={styles['menu'] ?? ''} data-on={filters.type !== null}>
              {filters.type === null ? t('posts.allTypes') : t(`posts.type.${filters.type}`)}
              <ChevronDown size={14} />
            </Button>
          }
        >
          <MenuChoices<PostType | typeof everything>
            value={filters.type ?? everything}
            choices={[
              { value: everything, name: t('posts.allTypes') },
              ...types.map((type) => ({ value: type, name: typeName(type, counts) })),
            ]}
            onChoose={(type) => change({ type: type === everything ? null : type })}
          />
        </Menu>
        <Filter
          name={t('posts.onlyMedia')}
          icon={<Image size={16} />}
          isOn={filters.onlyMedia}
          onToggle={() => change({ onlyMedia: !filters.onlyMedia })}
        />
        {(filters.onlyGone || counts === undefined || counts.gone > 0) && (
          <Filter
            name={t('posts.onlyGone')}
            icon={<CloudOff size={16} />}
            isOn={filters.onlyGone}
            onToggle={() => change({ onlyGone: !filters.onlyGone })}
          />
        )}
      </div>
      <div className={styles['days']}>
        <TextField
          isInline
          type="date"
          label={t('posts.from')}
          value={filters.from}
          max={filters.to}
          onText={(from) => change({ from })}
        />
        <TextField
          isInline
          type="date"
          label={t('posts.to')}
          value={filters.to}
          min={filters.from}
          onText={(to) => change({ to })}
        />
      </div>
    </div>
  )
}

function typeName(type: PostType, counts: PostCounts | undefined): string {
  const found = counts?.types.find((each) => each.type === type)
  return found ? `${t(`posts.type.${type}`)} (${number(found.posts)})` : t(`posts.type.${type}`)
}
