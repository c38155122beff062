import type { Connection } from '../../main/contract/index.ts'
import type { Answer } from './fake-service.ts'

const day = 86_400_000

export interface Fault {
  readonly name: string
  /** Instead of a page. */
  readonly answer: (right: Answer) => Answer
  /** What the connection says then. */
  readonly status: Connection['status']
  readonly problem: string | null
  /** Seconds until the next try. */
  readonly wait: readonly [least: number, most: number]
}

export const json = (value: unknown, more: Omit<Answer, 'json'> = {}): Answer => ({ json: value, ...more })
const limited = (headers: Readonly<Record<string, string>>): Answer => json({ error: 'x' }, { status: 429, headers })
const quiet = { status: 'connected', problem: null, wait: [30, 120] } as const
const pauseAsked = { status: 'connected', problem: 'connection-limited' } as const
const nonsense = { status: 'error', problem: 'internal', wait: [3000, 4000] } as const
const bodyOf = ({ json: value, bytes }: Answer): Uint8Array => bytes ?? Buffer.from(JSON.stringify(value))

/** What goes wrong with a page, and passes. */
export const passing: readonly Fault[] = [
  { name: '429 with seconds', answer: () => limited({ 'retry-after': '200' }), ...pauseAsked, wait: [190, 201] },
  {
    name: '429 with a date, by a clock that is a day ahead',
    answer: () => {
      const theirs = Date.now() + day
      return limited({ date: new Date(theirs).toUTCString(), 'retry-after': new Date(theirs + 300_000).toUTCString() })
    },
    ...pauseAsked,
    wait: [290, 302],
  },
  { name: '429 that does not say for how long', answer: () => limited({}), ...pauseAsked, wait: [800, 4000] },
  {
    name: '429 for ever',
    answer: () => limited({ 'retry-after': '99999999999' }),
    ...pauseAsked,
    wait: [3000, 86_401],
  },
  { name: '500', answer: () => json({ error: 'Internal' }, { status: 500 }), ...quiet },
  { name: '503 with a page', answer: () => ({ status: 503, bytes: Buffer.from('<html>down</html>') }), ...quiet },
  { name: 'a connection that breaks before the answer', answer: () => ({ breakAt: 0 }), ...quiet },
  { name: 'a connection that breaks in it', answer: (right) => ({ ...right, breakAt: 20 }), ...quiet },
  {
    name: 'an answer that is cut off',
    answer: (right) => ({ bytes: bodyOf(right).subarray(0, Math.floor(bodyOf(right).length / 2)) }),
    ...nonsense,
  },
  { name: 'a page of a hotel', answer: () => ({ bytes: Buffer.from('<html>Welcome</html>') }), ...nonsense },
  {
    name: 'a hotel that sends everybody to its own page',
    answer: () => ({ status: 302, headers: { location: 'https://hotel.example/' } }),
    ...nonsense,
  },
  { name: 'JSON of another shape', answer: () => json({ data: 7, records: null }), ...nonsense },
]
