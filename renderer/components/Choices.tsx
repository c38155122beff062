import type { ReactNode } from 'react'
import styles from './Choices.module.css'

/** Ways of which one is chosen, and what they are ways of. */
export function Choices({ legend, children }: { readonly legend: string; readonly children: ReactNode }) {
  return (
    <fieldset className={styles['choices']}>
      <legend className={styles['legend']}>{legend}</legend>
      {children}
    </fieldset>
  )
}
