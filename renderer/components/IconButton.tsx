import type { ButtonHTMLAttributes, ReactNode } from 'react'
import { Tooltip } from '@base-ui/react/tooltip'
import styles from './IconButton.module.css'

export interface IconButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'children' | 'title'> {
  /** What a screen reader says and the tooltip shows. */
  readonly name: string
  /** The key that does the same, shown beside the name. */
  readonly shortcut?: string
  readonly children: ReactNode
}

/** A button that is only an icon, with its name in a tooltip. */
export function IconButton({ name, shortcut, children, className = '', ...rest }: IconButtonProps) {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger
        render={<button {...rest} type="button" className={`${styles['button']} ${className}`} aria-label={name} />}
      >
        {children}
      </Tooltip.Trigger>
      <Tooltip.Portal>
        <Tooltip.Positioner sideOffset={6} className={styles['place'] ?? ''}>
          <Tooltip.Popup className={styles['tip'] ?? ''}>
            {name}
            {shortcut !== undefined && <kbd className={styles['key']}>{shortcut}</kbd>}
          </Tooltip.Popup>
        </Tooltip.Positioner>
      </Tooltip.Portal>
    </Tooltip.Root>
  )
}
