import { useLayoutEffect, useRef, useState, type ReactNode } from 'react'
import { Ellipsis } from 'lucide-react'
import { t } from '../messages/translate.ts'
import { IconButton } from './IconButton.tsx'
import { Menu, MenuItem } from './Menu.tsx'
import { useOneStop } from './one-stop.ts'
import styles from './ActionBar.module.css'

export interface Action {
  readonly name: string
  readonly icon: ReactNode
  /** The key that does the same, as it is shown. */
  readonly shortcut?: string
  /** Its name is written beside its icon where there is room. */
  readonly isNamed?: boolean
  readonly isOn?: boolean
  readonly isDisabled?: boolean
  /** It stays in sight longer than those that do not. */
  readonly stays?: boolean
  readonly run: () => void
}

/** A toolbar of actions, one tab stop. Those for which there is no room are in a menu at its end, in the same order. */
export function ActionBar({
  label,
  actions,
  className = '',
  children,
}: {
  readonly label: string
  readonly actions: readonly Action[]
  readonly className?: string
  /** What stands before the actions. */
  readonly children?: ReactNode
}) {
  const stop = useOneStop()
  const row = useRef<HTMLDivElement>(null)
  const [hidden, setHidden] = useState<ReadonlySet<number>>(new Set())
  /** Changes with the actions, not at every drawing. */
  const stays = actions.map(({ name, stays: isKept = false }) => `${isKept ? 'stays' : 'goes'} ${name}`).join('\n')
  useLayoutEffect(() => {
    const element = row.current
    if (!element) return
    const measure = (): void => setHidden(withoutRoom(element, stays))
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    for (const each of element.children) observer.observe(each)
    return () => observer.disconnect()
  }, [stays])
  const rest = actions.filter((_, index) => hidden.has(index))
  return (
    <div ref={stop} className={`${styles['bar']} ${className}`} role="toolbar" aria-label={label}>
      {children}
      <div ref={row} className={styles['row']}>
        {actions.map((action, index) => (
          <span key={action.name} className={styles['action']} data-action="" {...(hidden.has(index) && overflow)}>
            <ActionButton action={action} />
          </span>
        ))}
        <span className={styles['action']} {...(rest.length === 0 && overflow)}>
          <Menu
            trigger={
              <IconButton name={t('more')}>
                <Ellipsis />
              </IconButton>
            }
          >
            {rest.map(({ name, icon, isDisabled = false, run }) => (
              <MenuItem key={name} icon={icon} isDisabled={isDisabled} onClick={run}>
                {name}
              </MenuItem>
            ))}
          </Menu>
        </span>
      </div>
    </div>
  )
}

/** Not shown, and still as wide as it would be. */
const overflow = { 'data-overflow': '', inert: true }

function ActionButton({
  action: { name, icon, shortcut, isNamed = false, isOn, isDisabled, run },
}: {
  readonly action: Action
}) {
  const more = {
    ...(shortcut !== undefined && { shortcut }),
    ...(isOn !== undefined && { 'aria-pressed': isOn }),
    ...(isDisabled !== undefined && { disabled: isDisabled }),
  }
  return (
    <IconButton name={name} onClick={run} className={isNamed ? (styles['named'] ?? '') : ''} {...more}>
      {icon}
      {isNamed && <span className={styles['name']}>{name}</span>}
    </IconButton>
  )
}

/** Those that do not fit: first of what does not stay, from the end; then of what does. */
function withoutRoom(row: HTMLElement, stays: string): ReadonlySet<number> {
  const gap = Number.parseFloat(getComputedStyle(row).columnGap) || 0
  const widths = [...row.children].map((each) => (each as HTMLElement).offsetWidth + gap)
  const more = widths.pop() ?? 0
  const isKept = stays.split('\n').map((line) => line.startsWith('stays '))
  const hidden = new Set<number>()
  const room = row.clientWidth + gap
  const used = (): number =>
    widths.reduce((sum, width, index) => (hidden.has(index) ? sum : sum + width), hidden.size > 0 ? more : 0)
  const order = [...widths.keys()].toReversed().toSorted((one, other) => Number(isKept[one]) - Number(isKept[other]))
  for (const index of order) {
    if (used() <= room) break
    hidden.add(index)
  }
  return hidden
}
