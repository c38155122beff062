import type { ZxcvbnFactory } from '@zxcvbn-ts/core'

export interface PasswordStrength {
  /** 0 is guessed at once, 4 is out of reach. */
  readonly score: 0 | 1 | 2 | 3 | 4
  /** What makes it easy to guess, as zxcvbn names it; null when nothing does. */
  readonly weakness: string | null
}

/** Guesses beyond this length cost time and change nothing. */
const maxLength = 100
let loading: Promise<ZxcvbnFactory> | undefined

/**
 * How hard a password is to guess, by zxcvbn with its word lists (a hundred megabytes of memory, hence only once someone
 * chooses a password). `words` are those a guesser would try first: the person's name, the name of the vault.
 */
export async function passwordStrength(password: string, words: readonly string[]): Promise<PasswordStrength> {
  const zxcvbn = await (loading ??= load())
  const { score, feedback } = zxcvbn.check(password.normalize('NFC').slice(0, maxLength), [...words])
  return { score, weakness: feedback.warning }
}

async function load(): Promise<ZxcvbnFactory> {
  const [core, common, english] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
    import('@zxcvbn-ts/language-en'),
  ])
  return new core.ZxcvbnFactory({
    dictionary: { ...common.dictionary, ...english.dictionary },
    graphs: common.adjacencyGraphs,
  })
}
