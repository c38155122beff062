import type { Command } from 'commander'
import type * as backups from '../backup.ts'
import type * as keys from '../backup-keys.ts'
import type { KeyOptions } from '../open-backup.ts'
import type { Hands } from './hands.ts'

/** Backups. */
export function addBackupCommands(top: Command, { withVault, finish, output, interrupted }: Hands): void {
  const backup = top.command('backup').description('encrypted backups that are proven restorable; REPO is a folder')
  const verb = (name: string, description: string): Command =>
    backup
      .command(name)
      .argument('<repo>', 'folder of the backup')
      .option('--passphrase-file <file>', 'the first line is the passphrase of the backup; - for stdin')
      .option('--identity <file>', 'a file with an age identity that opens the backup')
      .description(description)
  verb('create', 'back up the vault; creates the backup if the folder is empty')
    .option('--recipient <key...>', 'for a new backup: public age keys that can open it too')
    .option('--recovery-key', 'for a new backup: create a recovery key and show it once')
    .option('--thumbnails', 'from now on also save thumbnails, so that a restored vault shows them immediately')
    .option('--no-thumbnails', 'from now on save only originals and the database')
    .action((repo: string, options: backups.CreateOptions) =>
      withVault(async (client, out) =>
        (await import('../backup.ts')).backupCreate(client, repo, options, out, interrupted),
      ),
    )
  verb('list', 'its snapshots, newest first').action(async (repo: string, options: KeyOptions) =>
    finish(await (await import('../backup.ts')).backupList(repo, options, output())),
  )
  verb('check', 'check that it contains what it should')
    .option('--read-data', 'read every byte')
    .option('--sample <percent>', 'read this percentage of it')
    .action(async (repo: string, options: backups.CheckOptions) =>
      finish(await (await import('../backup.ts')).backupCheck(repo, options, output(), interrupted)),
    )
  verb('prove', 'restore it as a test and compare')
    .option('--snapshot <id>', 'this snapshot instead of the newest')
    .action(async (repo: string, options: backups.SnapshotOptions) =>
      finish(await (await import('../backup.ts')).backupProve(repo, options, output(), interrupted)),
    )
  verb('restore', 'restore a whole vault, or some photos, into a folder')
    .requiredOption('--to <dir>', 'an empty or new folder')
    .option('--snapshot <id>', 'this snapshot instead of the newest')
    .option('--only <name...>', 'only these photos or albums, under their own names')
    .action(async (repo: string, options: backups.RestoreOptions) =>
      finish(await (await import('../backup.ts')).backupRestore(repo, options, output(), interrupted)),
    )
  backup
    .command('export')
    .argument('<file>', 'a new file, such as coffer.tar.age')
    .option('--passphrase-file <file>', 'the first line is the passphrase of the file; - for stdin')
    .option('--identity <file>', 'a file with an age identity that will open it')
    .option('--recipient <key...>', 'public age keys that will open it')
    .description('save everything to one encrypted file')
    .action((file: string, options: backups.ExportOptions) =>
      withVault(async (client, out) =>
        (await import('../backup.ts')).backupExport(client, file, options, out, interrupted),
      ),
    )
  verb('forget', 'remove snapshots; prune frees their space')
    .option('--snapshot <id...>', 'these')
    .option('--keep-daily <n>', 'keep the newest snapshot of each of this many days')
    .option('--keep-weekly <n>', 'and of this many weeks')
    .option('--keep-monthly <n>', 'and of this many months')
    .action(async (repo: string, options: backups.ForgetOptions) =>
      finish(await (await import('../backup.ts')).backupForget(repo, options, output())),
    )
  verb('keys', 'its keys: passphrase, recovery key, trusted people').action(async (repo: string, options: KeyOptions) =>
    finish(await (await import('../backup-keys.ts')).backupKeys(repo, options, output())),
  )
  verb('add-key', 'add a recovery key or a trusted person; the data stays as it is')
    .option('--recovery-key', 'create a recovery key and show it once')
    .option('--recipient <key>', 'the public age key of a trusted person')
    .option('--name <name>', 'their name; it becomes the name of a file that anyone who has the backup can read')
    .option('--replace', 'replace the key with this name, which then no longer opens it')
    .action(async (repo: string, options: keys.AddKeyOptions) =>
      finish(await (await import('../backup-keys.ts')).backupAddKey(repo, options, output())),
    )
  verb('remove-key', 'remove a key listed by “keys”; the last one cannot be removed')
    .argument('<name>', 'its name, as “keys” shows it')
    .action(async (repo: string, name: string, options: KeyOptions) =>
      finish(await (await import('../backup-keys.ts')).backupRemoveKey(repo, name, options, output())),
    )
  verb('passphrase', 'set or change its passphrase; the data stays as it is')
    .requiredOption('--new-passphrase-file <file>', 'the first line is the new passphrase; - for stdin')
    .action(async (repo: string, options: keys.PassphraseOptions) =>
      finish(await (await import('../backup-keys.ts')).backupPassphrase(repo, options, output())),
    )
  verb('prune', 'free the space of what no snapshot needs').action(async (repo: string, options: KeyOptions) =>
    finish(await (await import('../backup.ts')).backupPrune(repo, options, output())),
  )
}
