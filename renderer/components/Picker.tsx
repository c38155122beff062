import { useId, useState, type KeyboardEvent, type ReactNode } from 'react'
import { VisuallyHidden } from './VisuallyHidden.tsx'
import styles from './Picker.module.css'

export interface Offer {
  readonly key: string
  readonly sign: ReactNode
  readonly name: string
  /** What is said beside the name, softly. */
  readonly note?: string | undefined
  /** Read out with the name; what the sign shows. */
  readonly standing?: string | undefined
}

/** A field to type in, and what is offered for it. Arrows choose, Enter takes; the field keeps the focus. */
export function Picker({
  label,
  listLabel,
  text,
  maxLength,
  keeps = false,
  offers,
  onText,
  onTake,
}: {
  readonly label: string
  readonly listLabel: string
  readonly text: string
  readonly maxLength: number
  /** What is typed may be kept as it is, so it is not lost unasked; see [Note: typed text]. */
  readonly keeps?: boolean
  readonly offers: readonly Offer[]
  readonly onText: (text: string) => void
  readonly onTake: (key: string) => void
}) {
  const [at, setAt] = useState(0)
  const list = useId()
  const current = Math.min(at, offers.length - 1)
  const move = (to: number): void => {
    setAt(to)
    document.getElementById(`${list}-${to}`)?.scrollIntoView({ block: 'nearest' })
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const offer = offers[current]
    if (event.key === 'ArrowDown') move(Math.min(current + 1, offers.length - 1))
    else if (event.key === 'ArrowUp') move(Math.max(current - 1, 0))
    else if (event.key === 'Enter' && offer) onTake(offer.key)
    else return
    event.preventDefault()
  }
  return (
    <>
      <input
        className={styles['input']}
        role="combobox"
        data-keeps={keeps ? '' : undefined}
        aria-label={label}
        aria-expanded={offers.length > 0}
        aria-controls={list}
        aria-activedescendant={offers.length > 0 ? `${list}-${current}` : undefined}
        aria-autocomplete="list"
        placeholder={label}
        value={text}
        maxLength={maxLength}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => {
          onText(event.currentTarget.value)
          setAt(0)
        }}
        onKeyDown={onKeyDown}
      />
      <div id={list} role="listbox" aria-label={listLabel} className={styles['list']}>
        {offers.map((offer, index) => (
          // Its keys are the field's, which keeps the focus.
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
          <div
            key={offer.key}
            id={`${list}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === current}
            className={styles['offer']}
            onPointerMove={() => setAt(index)}
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => onTake(offer.key)}
          >
            <span className={styles['sign']} aria-hidden="true">
              {offer.sign}
            </span>
            <span className={styles['name']}>{offer.name}</span>
            {offer.standing !== undefined && <VisuallyHidden>{offer.standing}</VisuallyHidden>}
            {offer.note !== undefined && <span className={styles['note']}>{offer.note}</span>}
          </div>
        ))}
      </div>
    </>
  )
}
