import type { ReactElement, ReactNode } from 'react'
import { Menu as Base } from '@base-ui/react/menu'
import { Check } from 'lucide-react'
import styles from './Menu.module.css'

/** A menu that hangs on its button. */
export function Menu({ trigger, children }: { readonly trigger: ReactElement; readonly children: ReactNode }) {
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner className={styles['place'] ?? ''} sideOffset={4} align="end">
          <Base.Popup className={styles['menu'] ?? ''}>{children}</Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

export function MenuItem({
  icon,
  isDisabled = false,
  children,
  onClick,
}: {
  readonly icon?: ReactNode
  readonly isDisabled?: boolean
  readonly children: ReactNode
  readonly onClick: () => void
}) {
  return (
    <Base.Item className={styles['item'] ?? ''} disabled={isDisabled} onClick={onClick}>
      <span className={styles['icon']}>{icon}</span>
      {children}
    </Base.Item>
  )
}

/** One of several, marked when it is the one. */
export function MenuChoices<Value extends string>({
  value,
  choices,
  onChoose,
}: {
  readonly value: Value
  readonly choices: readonly { readonly value: Value; readonly name: string }[]
  readonly onChoose: (value: Value) => void
}) {
  return (
    <Base.RadioGroup value={value} onValueChange={(chosen: Value) => onChoose(chosen)}>
      {choices.map((choice) => (
        <Base.RadioItem key={choice.value} value={choice.value} className={styles['item'] ?? ''} closeOnClick>
          <span className={styles['icon']}>
            <Base.RadioItemIndicator render={<Check size={16} />} />
          </span>
          {choice.name}
        </Base.RadioItem>
      ))}
    </Base.RadioGroup>
  )
}
