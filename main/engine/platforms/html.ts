const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** A text as HTML. */
export function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => entities[sign] ?? sign)
}

/** Lines of a text as HTML. */
export function escapedLines(text: string): string {
  return escaped(text).replaceAll('\n', '<br>')
}

/** A link, or the text alone where its address is none of the web. */
export function link(address: string, text: string): string {
  return isWebAddress(address) ? `<a href="${escaped(address)}">${escapedLines(text)}</a>` : escapedLines(text)
}

export function isWebAddress(address: string): boolean {
  return /^https?:\/\/\S+$/i.test(address)
}
