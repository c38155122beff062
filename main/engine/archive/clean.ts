import { isIP } from 'node:net'
import type { Draft, Recognised, Source } from './source.ts'

/** Fields that hold the network address somebody wrote from: nobody's memory, and not to be kept. */
const addresses: ReadonlySet<string> = new Set(['upload_ip', 'ip', 'ip_address', 'ipAddress', 'last_ip', 'created_ip'])

/** A text without what neither PostgreSQL's text nor its JSON can hold: NUL, and halves of characters. */
export function cleanText(text: string): string {
  return text.isWellFormed() && !text.includes('\0') ? text : text.replace(/[\0\p{Surrogate}]/gu, '')
}

/** The same for all texts and keys of a value, and without network addresses. */
export function clean(value: unknown): unknown {
  if (typeof value === 'string') return cleanText(value)
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  if (Array.isArray(value)) return value.filter((each) => !isAddress(each)).map(clean)
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value).filter(([key]) => !addresses.has(key))
  // Never by assignment: a key may be `__proto__`.
  return Object.fromEntries(kept.map(([key, inner]) => [cleanText(key), clean(inner)]))
}

/** Whether a value with a label, whatever it is called there, is a network address. */
function isAddress(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || !('label' in value) || !('value' in value)) return false
  return typeof value.value === 'string' && isIP(value.value.trim()) !== 0
}

/** A source whose drafts can all be stored. Records of posts are cleaned where their ids are worked out. */
export function cleaned(source: Source): Source {
  return {
    name: source.name,
    recognise: async (tree) => clean(await source.recognise(tree)) as Recognised | null,
    async *read(tree, recognised) {
      for await (const draft of source.read(tree, recognised)) {
        yield draft.kind === 'post'
          ? { ...(clean({ ...draft, data: {} }) as typeof draft), data: draft.data }
          : (clean(draft) as Draft)
      }
    },
  }
}
