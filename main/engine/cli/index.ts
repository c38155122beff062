#!/usr/bin/env node
import { readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { Command, CommanderError } from 'commander'
import { defaultVaultFolder } from '../base/paths.ts'
import { CofferError } from '../base/errors.ts'
import type * as backups from './backup.ts'
import type { Client, Person } from './client.ts'
import type { ImportOptions } from './run-import.ts'
import { createOutput, exitCodeOf, exitCodes, printable, type Output } from './output.ts'
import { signInPassword } from './password.ts'
import { secretLine } from './secrets.ts'

/** Each command brings what it needs: the whole engine would take longer to load than most commands run. */
const load = {
  albums: () => import('./albums.ts'),
  backups: () => import('./backup.ts'),
  client: () => import('./client.ts'),
  commands: () => import('./commands.ts'),
  demo: () => import('./demo.ts'),
  engine: () => import('../engine.ts'),
  erase: () => import('./erase.ts'),
  exports: () => import('./export.ts'),
  imports: () => import('./run-import.ts'),
  move: () => import('./move.ts'),
  objects: () => import('./objects.ts'),
  people: () => import('./users.ts'),
  storedKeys: () => import('./stored-keys.ts'),
  tokens: () => import('./tokens.ts'),
  trash: () => import('./trash.ts'),
  watching: () => import('./watch.ts'),
}

interface Globals {
  readonly vault?: string
  readonly json?: boolean
  readonly user?: string
  readonly passwordFile?: string
  readonly keyFile?: string
  readonly quiet?: boolean
  readonly trust?: boolean
}

/** The whole command line as one table of commands; each action hands over to a verb and keeps its exit code. */
function program(interrupted: AbortSignal, finish: (code: number) => void): Command {
  const top = new Command('coffer')
    .description('Keeps your photos and memories in one vault on this computer.')
    .version(version(), '--version', 'print the version')
    .helpOption('--help', 'print this help')
    .helpCommand(false)
    .option('--vault <dir>', 'the vault (default: COFFER_VAULT, else your data folder)')
    .option('--json', 'one JSON document on stdout')
    .option('--user <name>', 'act as this person (default: the only one)')
    .option('--password-file <file>', 'the first line is the password to sign in with; - for stdin')
    .option('--trust', 'trust this vault, which was created on another computer; remembered')
    .option('--key-file <file>', 'the first line is the passphrase of the stored keys; - for stdin')
    .option('--quiet', 'no messages and no progress')
    .exitOverride()
    .configureOutput({ writeErr: () => {} })
  const globals = (): Globals => top.opts<Globals>()
  const output = (): Output => createOutput({ json: globals().json ?? false, quiet: globals().quiet ?? false })
  const trust = (): boolean => globals().trust ?? false
  const vaultDir = (): string => resolve(globals().vault ?? defaultVaultFolder())

  const person = (): Person => ({
    user: globals().user,
    password: (username) => signInPassword(username, globals().passwordFile),
    keyPassphrase: async () => {
      const { keyFile } = globals()
      return keyFile === undefined ? undefined : secretLine(keyFile, 'Passphrase of the stored keys: ')
    },
  })

  async function withVault(run: (client: Client, output: Output) => Promise<number>): Promise<void> {
    const { connect } = await load.client()
    const client = await connect(vaultDir(), person(), { trust: trust() })
    try {
      finish(await run(client, output()))
    } finally {
      await client.close()
    }
  }

  top
    .command('init')
    .argument('<dir>', 'an empty or new folder')
    .option('--name <name>', 'the name of the vault')
    .option('--passphrase-file <file>', 'the first line is the password of its person; - for stdin')
    .description('create a vault')
    .action(async (dir: string, options: { name?: string; passphraseFile?: string }) => {
      const { user } = globals()
      finish(await (await load.commands()).init(dir, { ...options, ...(user !== undefined && { user }) }, output()))
    })
  top
    .command('demo')
    .argument('<dir>', 'an empty or new folder')
    .option('--photos <n>', 'how many pictures to create (default: 64)')
    .description('create a vault with invented content to explore')
    .action(async (dir: string, options: { photos?: string }) => {
      const { user } = globals()
      finish(
        await (await load.demo()).demo(dir, { ...options, ...(user !== undefined && { user }) }, output(), interrupted),
      )
    })
  top
    .command('status')
    .description('counts, sizes, last import, problems')
    .action(() => withVault(async (client, out) => (await load.commands()).status(client, out)))
  top
    .command('import')
    .argument('<path...>', 'files and folders')
    .option('--reference', 'leave the files in place instead of copying them')
    .option('--album-per-folder', 'put the photos of each folder in an album with its name')
    .option('--dry-run', 'only report what would happen')
    .description('import files and folders and wait until it is done')
    .action((paths: string[], options: ImportOptions) =>
      withVault(async (client, out) => (await load.imports()).runImport(client, out, paths, options, interrupted)),
    )
  top
    .command('timeline')
    .option('--from <day>', 'first day, YYYY-MM-DD')
    .option('--to <day>', 'last day, YYYY-MM-DD')
    .option('--limit <n>', 'at most this many')
    .description('media by wall time, newest first')
    .action((options: { from?: string; to?: string; limit?: string }) =>
      withVault(async (client, out) => (await load.commands()).timeline(client, options, out)),
    )
  top
    .command('show')
    .argument('<id>')
    .description('one object of any type, with metadata, provenance and links')
    .action((id: string) => withVault(async (client, out) => (await load.objects()).show(client, id, out)))
  top
    .command('search')
    .argument('<query...>', 'words; “…” for a phrase, -word for without')
    .option('--type <type...>', 'only these types, such as media or note')
    .option('--limit <n>', 'at most this many (default: 50)')
    .description('everything that fits, best first')
    .action((words: string[], options: { type?: string[]; limit?: string }) =>
      withVault(async (client, out) => (await load.objects()).search(client, words, options, out)),
    )
  top
    .command('sql')
    .argument('<statement>', 'one read-only statement')
    .description('read-only SQL as the person; row-level security applies')
    .action((text: string) => withVault(async (client, out) => (await load.commands()).sql(client, text, out)))
  top
    .command('verify')
    .option('--quick', 'compare sizes only, without reading the files')
    .description('compare every original with the database')
    .action((options: { quick?: boolean }) =>
      withVault(async (client, out) => (await load.commands()).verify(client, options.quick ?? false, out)),
    )
  top
    .command('doctor')
    .description('explain problems and repair what can be repaired')
    .option('--passphrase-file <file>', 'passphrase of a backup to restore originals from; - for stdin')
    .option('--identity <file>', 'the same with an age identity or a recovery key')
    .action(async (options: { passphraseFile?: string; identity?: string }) => {
      const key = await (await load.backups()).keyOf(options)
      const { connect } = await load.client()
      const open = () => connect(vaultDir(), person(), { trust: trust() })
      finish(await (await load.commands()).doctor(open, { vaultDir: vaultDir(), trust: trust(), key }, output()))
    })
  top
    .command('serve')
    .option('--port <port>', 'a fixed port (default: any free one)')
    .description('the app in a browser on this computer')
    .action(async (options: { port?: string }) => {
      const serving = { ...options, trust: trust() }
      finish(await (await load.commands()).serveApp(vaultDir(), person(), serving, output(), interrupted))
    })

  const album = top.command('album').description('albums; ALBUM is a name or an id')
  album
    .command('list')
    .description('every album')
    .action(() => withVault(async (client, out) => (await load.albums()).albumList(client, out)))
  album
    .command('create')
    .argument('<name>')
    .option('--description <text>', 'what it is about')
    .description('create an album')
    .action((name: string, options: { description?: string }) =>
      withVault(async (client, out) => (await load.albums()).albumCreate(client, name, options, out)),
    )
  album
    .command('show')
    .argument('<album>')
    .description('the items of an album, in order')
    .action((name: string) => withVault(async (client, out) => (await load.albums()).albumShow(client, name, out)))
  album
    .command('rename')
    .argument('<album>')
    .argument('<name>')
    .description('rename an album')
    .action((name: string, to: string) =>
      withVault(async (client, out) => (await load.albums()).albumRename(client, name, to, out)),
    )
  album
    .command('add')
    .argument('<album>')
    .argument('<id...>', 'items')
    .description('add items to an album')
    .action((name: string, ids: string[]) =>
      withVault(async (client, out) => (await load.albums()).albumContents(client, name, 'add', ids, out)),
    )
  album
    .command('remove')
    .argument('<album>')
    .argument('<id...>', 'items')
    .description('remove items from an album; the photos are kept')
    .action((name: string, ids: string[]) =>
      withVault(async (client, out) => (await load.albums()).albumContents(client, name, 'remove', ids, out)),
    )
  album
    .command('delete')
    .argument('<album>')
    .description('move an album to the trash; the photos are kept')
    .action((name: string) => withVault(async (client, out) => (await load.albums()).albumDelete(client, name, out)))
  album
    .command('restore')
    .argument('<album>')
    .description('restore an album from the trash')
    .action((name: string) => withVault(async (client, out) => (await load.albums()).albumRestore(client, name, out)))

  const trash = top.command('trash').description('deleted things, until they are deleted permanently')
  trash
    .command('list')
    .description('photos and everything else in the trash')
    .action(() => withVault(async (client, out) => (await load.trash()).trashList(client, out)))
  trash
    .command('restore')
    .argument('<id...>', 'photos, notes or anything else')
    .description('restore things from the trash')
    .action((ids: string[]) => withVault(async (client, out) => (await load.trash()).trashRestore(client, ids, out)))
  trash
    .command('empty')
    .option('--yes', 'delete everything in it permanently')
    .description('delete everything in the trash')
    .action((options: { yes?: boolean }) =>
      withVault(async (client, out) => (await load.trash()).trashEmpty(client, options, out)),
    )

  const watch = top.command('watch').description('folders whose new files are imported automatically')
  watch
    .command('add')
    .argument('<path>')
    .option('--reference', 'leave the files in place instead of copying them')
    .option('--album-per-folder', 'put the photos of each folder in an album with its name')
    .option('--ignore <pattern...>', 'names or paths to ignore, such as *.tmp')
    .description('watch a folder')
    .action((path: string, options: { reference?: boolean; albumPerFolder?: boolean; ignore?: string[] }) =>
      withVault(async (client, out) => (await load.watching()).watchAdd(client, path, options, out)),
    )
  watch
    .command('list')
    .description('every watched folder and its status')
    .action(() => withVault(async (client, out) => (await load.watching()).watchList(client, out)))
  watch
    .command('remove')
    .argument('<path>')
    .description('stop watching; what was imported is kept')
    .action((path: string) => withVault(async (client, out) => (await load.watching()).watchRemove(client, path, out)))
  watch
    .command('run')
    .description('watch in the foreground until interrupted')
    .action(async () => {
      finish(await (await load.watching()).watchRun(vaultDir(), person(), { trust: trust() }, output(), interrupted))
    })

  top
    .command('export')
    .argument('<dir>', 'a new or empty folder, or an earlier export to update')
    .option('--since <day>', 'only what was added or changed since this day, YYYY-MM-DD')
    .description('export everything in open formats')
    .action((dir: string, options: { since?: string }) =>
      withVault(async (client, out) => (await load.exports()).exportAll(client, dir, options, out, interrupted)),
    )

  top
    .command('erase')
    .option('--yes-erase <name>', 'your exact name: everything you have here is permanently destroyed')
    .description('permanently destroy everything a person has in this vault')
    .action((options: { yesErase?: string }) =>
      withVault(async (client, out) => (await load.erase()).erase(client, options, out)),
    )

  const storedKeys = top.command('stored-keys').description('what protects tokens of connections and keys of backups')
  storedKeys
    .command('status')
    .description('whether they can be stored and read')
    .action(() => withVault(async (client, out) => (await load.storedKeys()).storedKeysStatus(client, out)))
  storedKeys
    .command('set')
    .requiredOption('--passphrase-file <file>', 'the first line is the passphrase; - for stdin')
    .description('let a passphrase open them, where there is no key store or the vault may move')
    .option('--start-over', 'the earlier passphrase is forgotten: what it protects is lost')
    .action((options: { passphraseFile: string; startOver?: boolean }) =>
      withVault(async (client, out) => (await load.storedKeys()).storedKeysSet(client, options, out)),
    )

  const tokens = top.command('token').description('access for other programs through “serve”')
  tokens
    .command('create')
    .argument('<name>')
    .option('--scope <scope>', 'read, write or admin (default: read)')
    .option('--days <number>', 'expires after this many days')
    .description('create a token; it is shown only once')
    .action((name: string, options: { scope?: string; days?: string }) =>
      withVault(async (client, out) => (await load.tokens()).tokenCreate(client, name, options, out)),
    )
  tokens
    .command('list')
    .description('valid tokens, and when each was last used')
    .action(() => withVault(async (client, out) => (await load.tokens()).tokenList(client, out)))
  tokens
    .command('revoke')
    .argument('<token>', 'its name or id')
    .description('revoke a token')
    .action((name: string) => withVault(async (client, out) => (await load.tokens()).tokenRevoke(client, name, out)))

  addBackupCommands(top, { withVault, finish, output, interrupted })

  const users = top.command('users').description('the people of this vault')
  users
    .command('list')
    .description('everybody')
    .action(() => withVault(async (client, out) => (await load.people()).usersList(client, out)))
  users
    .command('add')
    .argument('<name>')
    .option('--passphrase-file <file>', 'the first line is their password; - for stdin')
    .option('--quota <size>', 'their storage limit, such as 500GB')
    .description('add a person')
    .action((name: string, options: { passphraseFile?: string; quota?: string }) =>
      withVault(async (client, out) => (await load.people()).usersAdd(client, name, options, out)),
    )
  users
    .command('passwd')
    .argument('<name>')
    .option('--passphrase-file <file>', 'the first line is the new password; - for stdin')
    .option('--recover', 'without the old one; only while the app is closed')
    .description('change a password (asked for on stdin without a file)')
    .action(async (name: string, options: { passphraseFile?: string; recover?: boolean }) => {
      if (options.recover === true)
        finish(await (await load.people()).usersRecover(vaultDir(), name, options, output()))
      else await withVault(async (client, out) => (await load.people()).usersPasswd(client, name, options, out))
    })
  for (const [verb, isActive] of [
    ['disable', false],
    ['enable', true],
  ] as const) {
    users
      .command(verb)
      .argument('<name>')
      .description(isActive ? 'let a person sign in again' : 'stop a person from signing in; their data is kept')
      .action((name: string) =>
        withVault(async (client, out) => (await load.people()).usersEdit(client, name, { isActive }, out)),
      )
  }
  users
    .command('quota')
    .argument('<name>')
    .argument('<size>', 'such as 500GB, or none')
    .description('set a person’s storage limit')
    .action((name: string, quota: string) =>
      withVault(async (client, out) => (await load.people()).usersEdit(client, name, { quota }, out)),
    )
  users
    .command('sessions')
    .description('where the person is signed in')
    .action(() => withVault(async (client, out) => (await load.people()).usersSessions(client, out)))
  users
    .command('sign-out')
    .description('sign the person out everywhere')
    .action(() => withVault(async (client, out) => (await load.people()).usersSignOut(client, out)))

  const database = top.command('database').description('schema version and database engine')
  database
    .command('info')
    .description('engine, version, size')
    .action(() => withVault(async (client, out) => (await load.commands()).database(client, 'info', undefined, out)))
  database
    .command('migrate')
    .description('upgrade the schema to this program’s version')
    .action(async () => {
      const { connect } = await load.client()
      const open = (migrate: boolean) => connect(vaultDir(), person(), { trust: trust(), migrate })
      finish(await (await load.commands()).databaseMigrate(open, output()))
    })
  database
    .command('rollback')
    .argument('<version>')
    .description('roll the schema back for an older Coffer; it stays there until “migrate”')
    .action((to: string) =>
      withVault(async (client, out) => (await load.commands()).database(client, 'rollback', to, out)),
    )
  database
    .command('move')
    .requiredOption('--to <engine>', 'pglite, embedded, or postgres://… (- reads the address from stdin)')
    .description('change the database engine; only while the app is closed')
    .action(async (options: { to: string }) => {
      finish(await (await load.move()).databaseMove(vaultDir(), { ...options, trust: trust() }, output(), interrupted))
    })
  return top
}

interface Hands {
  readonly withVault: (run: (client: Client, output: Output) => Promise<number>) => Promise<void>
  readonly finish: (code: number) => void
  readonly output: () => Output
  readonly interrupted: AbortSignal
}

function addBackupCommands(top: Command, { withVault, finish, output, interrupted }: Hands): void {
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
      withVault(async (client, out) => (await load.backups()).backupCreate(client, repo, options, out, interrupted)),
    )
  verb('list', 'its snapshots, newest first').action(async (repo: string, options: backups.KeyOptions) =>
    finish(await (await load.backups()).backupList(repo, options, output())),
  )
  verb('check', 'check that it contains what it should')
    .option('--read-data', 'read every byte')
    .option('--sample <percent>', 'read this percentage of it')
    .action(async (repo: string, options: backups.CheckOptions) =>
      finish(await (await load.backups()).backupCheck(repo, options, output(), interrupted)),
    )
  verb('prove', 'restore it as a test and compare')
    .option('--snapshot <id>', 'this snapshot instead of the newest')
    .action(async (repo: string, options: backups.SnapshotOptions) =>
      finish(await (await load.backups()).backupProve(repo, options, output(), interrupted)),
    )
  verb('restore', 'restore a whole vault, or some photos, into a folder')
    .requiredOption('--to <dir>', 'an empty or new folder')
    .option('--snapshot <id>', 'this snapshot instead of the newest')
    .option('--only <name...>', 'only these photos or albums, under their own names')
    .action(async (repo: string, options: backups.RestoreOptions) =>
      finish(await (await load.backups()).backupRestore(repo, options, output(), interrupted)),
    )
  backup
    .command('export')
    .argument('<file>', 'a new file, such as coffer.tar.age')
    .option('--passphrase-file <file>', 'the first line is the passphrase of the file; - for stdin')
    .option('--identity <file>', 'a file with an age identity that will open it')
    .option('--recipient <key...>', 'public age keys that will open it')
    .description('save everything to one encrypted file')
    .action((file: string, options: backups.ExportOptions) =>
      withVault(async (client, out) => (await load.backups()).backupExport(client, file, options, out, interrupted)),
    )
  verb('forget', 'remove snapshots; prune frees their space')
    .option('--snapshot <id...>', 'these')
    .option('--keep-daily <n>', 'keep the newest snapshot of each of this many days')
    .option('--keep-weekly <n>', 'and of this many weeks')
    .option('--keep-monthly <n>', 'and of this many months')
    .action(async (repo: string, options: backups.ForgetOptions) =>
      finish(await (await load.backups()).backupForget(repo, options, output())),
    )
  verb('keys', 'its keys: passphrase, recovery key, trusted people').action(
    async (repo: string, options: backups.KeyOptions) =>
      finish(await (await load.backups()).backupKeys(repo, options, output())),
  )
  verb('add-key', 'add a recovery key or a trusted person; the data stays as it is')
    .option('--recovery-key', 'create a recovery key and show it once')
    .option('--recipient <key>', 'the public age key of a trusted person')
    .option('--name <name>', 'their name; it becomes the name of a file that anyone who has the backup can read')
    .option('--replace', 'replace the key with this name, which then no longer opens it')
    .action(async (repo: string, options: backups.AddKeyOptions) =>
      finish(await (await load.backups()).backupAddKey(repo, options, output())),
    )
  verb('remove-key', 'remove a key listed by “keys”; the last one cannot be removed')
    .argument('<name>', 'its name, as “keys” shows it')
    .action(async (repo: string, name: string, options: backups.KeyOptions) =>
      finish(await (await load.backups()).backupRemoveKey(repo, name, options, output())),
    )
  verb('passphrase', 'set or change its passphrase; the data stays as it is')
    .requiredOption('--new-passphrase-file <file>', 'the first line is the new passphrase; - for stdin')
    .action(async (repo: string, options: backups.PassphraseOptions) =>
      finish(await (await load.backups()).backupPassphrase(repo, options, output())),
    )
  verb('prune', 'free the space of what no snapshot needs').action(async (repo: string, options: backups.KeyOptions) =>
    finish(await (await load.backups()).backupPrune(repo, options, output())),
  )
}

function version(): string {
  for (let folder = import.meta.dirname; ; folder = dirname(folder)) {
    try {
      const found: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
      if (typeof found === 'object' && found !== null && 'version' in found) return String(found.version)
    } catch {
      // Not this folder; the package file lies further up.
    }
    if (dirname(folder) === folder) return '0.0.0'
  }
}

async function main(): Promise<void> {
  const interrupt = new AbortController()
  process.on('SIGINT', () => {
    // The first Ctrl-C stops cleanly; a second one stops at once.
    if (interrupt.signal.aborted) process.exit(130)
    interrupt.abort()
  })
  process.on('SIGTERM', () => interrupt.abort())
  const isJson = process.argv.includes('--json')
  let code: number = exitCodes.done
  try {
    await program(interrupt.signal, (given) => (code = given)).parseAsync(process.argv)
  } catch (error) {
    code = await report(error, isJson)
  }
  process.exitCode = code
}

async function report(error: unknown, isJson: boolean): Promise<number> {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return exitCodes.done
    const message = `${error.message.replace(/^error: /, '')}. See coffer --help.`
    return report(new CofferError(message, { code: 'wrong-usage' }), isJson)
  }
  const { problemOf } = await load.engine()
  const problem = problemOf(error)
  if (isJson) {
    const { code, title, retry } = problem
    process.stdout.write(`${JSON.stringify({ error: { code, message: title, retry } })}\n`)
  } else {
    process.stderr.write(`${printable(problem.title)}\n`)
    if (problem.code === 'internal' && process.env['COFFER_DEBUG'] !== undefined) console.error(error)
  }
  return exitCodeOf(error)
}

await main()
