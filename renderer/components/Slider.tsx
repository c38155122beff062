import { Slider as Base } from '@base-ui/react/slider'
import styles from './Slider.module.css'

/** A value on a line; arrow keys move it by `step`. */
export function Slider({
  name,
  value,
  min,
  max,
  step,
  onValue,
}: {
  readonly name: string
  readonly value: number
  readonly min: number
  readonly max: number
  readonly step: number
  readonly onValue: (value: number) => void
}) {
  return (
    <Base.Root
      className={styles['slider'] ?? ''}
      value={value}
      min={min}
      max={max}
      step={step}
      onValueChange={(changed) => onValue(changed)}
    >
      <Base.Control className={styles['control'] ?? ''}>
        <Base.Track className={styles['track'] ?? ''}>
          <Base.Indicator className={styles['filled'] ?? ''} />
          <Base.Thumb className={styles['thumb'] ?? ''} aria-label={name} />
        </Base.Track>
      </Base.Control>
    </Base.Root>
  )
}
