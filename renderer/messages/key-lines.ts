import type { BackupKeyEntry } from '../../main/contract/index.ts'
import { locale } from './locale.ts'
import { t } from './translate.ts'

/** What a way into a backup is called: a person by their name. */
export function keyEntryName({ name, kind }: BackupKeyEntry): string {
  return kind === 'person' ? name : t(`backupKeys.name.${kind}`)
}

/** "the passphrase, the recovery key and Anna", within a sentence. */
export function keyNames(ways: readonly BackupKeyEntry[]): string {
  const names = ways.map(({ name, kind }) => (kind === 'person' ? name : t(`backupKeys.left.${kind}`)))
  return new Intl.ListFormat(locale).format(names)
}
