import { IntlMessageFormat } from 'intl-messageformat'
import { de } from './de.ts'
import { en } from './en.ts'
import { language, locale } from './locale.ts'

export type MessageKey = keyof typeof en
export type Messages = Readonly<Record<MessageKey, string>>

const messages: Messages = { en, de }[language]
const formats = new Map<MessageKey, IntlMessageFormat>()

/** A message in the person's language, with its values put in by the rules of that language. */
export function t(key: MessageKey, values?: Readonly<Record<string, string | number>>): string {
  if (!values) return messages[key]
  let format = formats.get(key)
  if (!format) {
    format = new IntlMessageFormat(messages[key], locale)
    formats.set(key, format)
  }
  return String(format.format(values))
}
