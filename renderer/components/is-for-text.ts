const withoutText = new Set(['checkbox', 'radio', 'range', 'button', 'submit', 'color', 'file'])

/** Somewhere letters are meant as letters. */
export function isForText(target: EventTarget | null): boolean {
  return (target instanceof HTMLInputElement && !withoutText.has(target.type)) || target instanceof HTMLTextAreaElement
}
