import { useRef, type FocusEvent } from 'react'
import { isForText } from './is-for-text.ts'

/**
 * [Note: typed text] What a person types is never lost by leaving. There are three kinds of fields, and each keeps it in
 * its own way: one that changes a thing in its place saves itself when it is left (`useDraft`); one in a dialog is asked
 * about before the dialog goes (`Dialog`); one on a screen still holds its text when the person comes back (`useKept`).
 * A field that only looks for something has nothing to lose.
 */

type TextControl = HTMLInputElement | HTMLTextAreaElement

export interface Typed {
  /** To be called with whatever gets the focus within the form. */
  readonly onFocus: (event: FocusEvent) => void
  /** The field that holds something which only stands there, the last one first; null when none does. */
  readonly unsaved: () => HTMLElement | null
}

/** Knows of the fields of a form what was in them before a person typed. */
export function useTyped(): Typed {
  const before = useRef(new Map<TextControl, string>())
  return {
    onFocus({ target }) {
      if (!isForText(target) || isFinding(target)) return
      const field = target as TextControl
      if (!before.current.has(field)) before.current.set(field, field.value)
    },
    unsaved: () =>
      [...before.current].findLast(
        ([field, value]) => field.isConnected && field.value !== value && field.value.trim() !== '',
      )?.[0] ?? null,
  }
}

/** It looks for something, or asks whether a person is sure; `data-keeps` says that it does more. */
function isFinding(field: Element): boolean {
  return field.matches('[type="search"], [role="combobox"]:not([data-keeps]), [data-confirms]')
}
