import type { BackupWay } from '../../main/contract/index.ts'
import { locale } from './locale.ts'
import { say } from './say.ts'

/** What a way into a backup is called: a person by their name. */
export function wayName({ name, kind }: BackupWay): string {
  return kind === 'person' ? name : say(`ways.name.${kind}`)
}

/** "the passphrase, the recovery key and Anna", within a sentence. */
export function wayNames(ways: readonly BackupWay[]): string {
  const names = ways.map(({ name, kind }) => (kind === 'person' ? name : say(`ways.left.${kind}`)))
  return new Intl.ListFormat(locale).format(names)
}
