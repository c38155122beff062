import { assertStrong, hashPassword } from '../keys/index.ts'

/** The hash of a password that is hard enough to guess; `words` are those a guesser would try first. Throws `weak-password`. */
export async function hashChecked(password: string, words: readonly string[]): Promise<string> {
  await assertStrong(password, 'password', words)
  return hashPassword(password)
}
