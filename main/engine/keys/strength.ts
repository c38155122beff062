import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'
// Threads that seal packs load this room; they need none of the schemas.
import { secretRules, type SecretKind } from '../../contract/secret-rules.ts'
import { CofferError } from '../base/errors.ts'

export interface PasswordStrength {
  /** 0 is guessed at once, 4 is out of reach. */
  readonly score: 0 | 1 | 2 | 3 | 4
  /** What makes it easy to guess, as zxcvbn names it; null when nothing does. */
  readonly weakness: string | null
}

/** Guesses beyond this length cost time and change nothing. */
const maxLength = 100
/** As long as somebody types, with a pause to think. */
const idleMs = 20_000

/**
 * How hard a password is to guess, by zxcvbn with its word lists. `words` are those a guesser would try first: the
 * person's name, the name of the vault.
 */
export async function passwordStrength(password: string, words: readonly string[]): Promise<PasswordStrength> {
  return ask(password.normalize('NFC').slice(0, maxLength), words)
}

/**
 * Throws `weak-password` for a secret that is too short or too easy to guess for what it opens, `bad-request` for one
 * with what no keyboard types again: half of a character, a control, the mark of a letter that was lost.
 */
export async function assertStrong(secret: string, kind: SecretKind, words: readonly string[] = []): Promise<void> {
  if (!secret.isWellFormed() || /[\p{Cc}\u2028\u2029\uFEFF\uFFFD]/u.test(secret)) {
    throw new CofferError(`A ${kind} may contain only characters that can be typed again.`, { code: 'bad-request' })
  }
  const rule = secretRules[kind]
  const length = Array.from(new Intl.Segmenter().segment(secret)).length
  if (length < rule.characters) {
    throw new CofferError(`A ${kind} needs at least ${rule.characters} characters.`, {
      code: 'weak-password',
      details: { kind, reason: 'short', least: rule.characters },
    })
  }
  const { score, weakness } = await passwordStrength(secret, ['coffer', ...words])
  // It is chosen: nobody types any more, and what follows (a first backup) needs the memory.
  release()
  if (score >= rule.score) return
  throw new CofferError(`This ${kind} is too easy to guess. Use several unrelated words.`, {
    code: 'weak-password',
    details: { kind, reason: 'guessable', weakness },
  })
}

interface Thread {
  readonly worker: Worker
  readonly waiting: Map<number, { resolve(strength: PasswordStrength): void; reject(error: unknown): void }>
}

let thread: Thread | null = null
let idle: NodeJS.Timeout | undefined
let asked = 0

function ask(password: string, words: readonly string[]): Promise<PasswordStrength> {
  const { worker, waiting } = (thread ??= startThread())
  clearTimeout(idle)
  asked += 1
  const id = asked
  return new Promise((resolve, reject) => {
    worker.ref()
    waiting.set(id, { resolve, reject })
    worker.postMessage({ id, password, words: [...words] })
  })
}

/** Ends the thread unless somebody else waits for it. */
function release(): void {
  if (thread === null || thread.waiting.size > 0) return
  clearTimeout(idle)
  const { worker } = thread
  thread = null
  void worker.terminate()
}

function startThread(): Thread {
  const worker = new Worker(new URL(`./strength-thread${extname(import.meta.filename)}`, import.meta.url))
  const made: Thread = { worker, waiting: new Map() }
  const end = (error: unknown): void => {
    if (thread === made) thread = null
    for (const each of made.waiting.values()) each.reject(error)
    made.waiting.clear()
  }
  worker.on('message', ({ id, strength }: { id: number; strength: PasswordStrength }) => {
    made.waiting.get(id)?.resolve(strength)
    made.waiting.delete(id)
    if (made.waiting.size > 0) return
    idle = setTimeout(release, idleMs)
    // Neither the thread nor its end holds up a command that is done.
    idle.unref()
    worker.unref()
  })
  worker.on('error', end)
  worker.on('exit', () => end(new Error('the strength thread ended')))
  return made
}
