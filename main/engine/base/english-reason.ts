import type { ErrorCode, Reason, ReasonCode } from '../../contract/index.ts'
import { bytesInWords } from './bytes.ts'
import { CofferError } from './errors.ts'

type Details = Reason['details']
const bytes = (value: Details[string] | undefined): string => bytesInWords(Number(value ?? 0))
const seconds = (details: Details): string => `Coffer checks it every ${details['seconds'] ?? '?'} seconds instead.`

/** English for the command line and for errors; the window has its own words for the same codes. */
const sentences: Readonly<Record<ReasonCode, (details: Details) => string>> = {
  empty: () => 'The file is empty (0 bytes).',
  gone: () => 'It is no longer there.',
  'not-allowed': () => 'Coffer is not allowed to read it.',
  'in-use': () => 'Another program has it open.',
  'broken-link': () => 'It is a broken link.',
  'disk-error': () => 'The disk could not read it.',
  'path-too-long': () => 'Its path is too long for this system.',
  'not-a-file': () => 'It is neither a file nor a folder.',
  unreadable: ({ code }) => `It could not be read (${code ?? 'unknown'}).`,
  'still-written': () => 'It is still being written. Import it again later.',
  'unknown-kind': () => 'Coffer does not recognise this type of file.',
  'picture-cut-off': () => 'The file is incomplete or damaged: part of the picture is missing.',
  'picture-unreadable': () => 'The picture in this file could not be read. The file is kept as it is.',
  'film-cut-off': () => 'The file is incomplete or damaged: part of the data that describes it is missing.',
  'content-unreadable': () => 'The file could not be read. It is kept as it is.',
  'decoder-crashed': () => 'Reading the picture crashed the decoder. The file is kept as it is.',
  'not-opened-yet': () => 'It could not be opened. Coffer will try again later.',
  'slow-to-read': () => 'It takes a long time to read. Coffer will try again when the computer is idle.',
  'large-to-read': () => 'It needs a lot of memory to read. Coffer will try again when the computer is idle.',
  'too-busy-to-read': () => 'The computer or the drive was too busy to read it. Coffer will try again later.',
  'too-many-pixels': () => 'The picture has more pixels than Coffer can show. It is kept as it is.',
  'picture-too-slow': () => 'Creating a preview of it takes too long. The file is kept as it is.',
  'picture-too-large': () => 'Creating a preview of it needs too much memory. The file is kept as it is.',
  'reading-too-slow': () => 'It could not be read in the time allowed. The file is kept as it is.',
  'twice-in-import': () => 'The same file appears twice in this import.',
  'in-trash': () => 'It is in the trash.',
  'back-from-trash': () => 'It was in the trash and has been restored.',
  'deleted-for-good': () => 'You deleted this photo permanently.',
  'no-room': ({ used, quota }) =>
    `There is no space for it: you are using ${bytes(used)} of your ${bytes(quota)}. ` +
    'Delete something permanently, or ask the administrator for more.',
  'not-stored': () =>
    'Something about this file could not be stored. The details are in the log; the file was not changed.',
  'sidecar-read': ({ name }) => `It is kept, and was read together with ${name ?? 'its photo'}.`,
  'sidecar-kept': ({ name }) => `It is kept with ${name ?? 'its photo'}. Nothing in it was used.`,
  'sidecar-waits': () => 'It is kept until the photo it belongs to is imported.',
  'sidecar-of-photo': () => 'It is kept together with its photo.',
  'disk-full': () =>
    'The disk with the vault is full. Nothing was lost; the import resumes automatically when there is space.',
  'database-stopped': () => 'The database is being restarted. The import resumes automatically.',
  'vault-unreachable': () =>
    'The vault could not be written to. Is its drive connected? The import resumes automatically once it is.',
  'import-failed': () =>
    'The import stopped because of an error in Coffer. The details are in the log. Resume it to try again.',
  'import-parked': () =>
    'Coffer stopped twice during this import without making progress. Everything imported so far is kept; resume it to try again.',
  'archive-record-unreadable': () =>
    'This record of the export could not be read. The export is kept, so nothing is lost.',
  'archive-file-missing': () => 'A post names this file, and it is not in the export.',
  'archive-unknown': () => 'This is not an export that Coffer knows.',
  'archive-html': () =>
    'This export was made as web pages. Ask the service for it again and choose JSON as its format.',
  'archive-damaged': () => 'This export is damaged. Download it again.',
  'archive-encrypted': () => 'This archive is protected by a password. Unpack it, and import the folder.',
  'export-newer': () => 'This export was made by a newer version of Coffer. Update Coffer to import it.',
  'export-lines-unreadable': ({ count }) =>
    `${count === 1 ? '1 line' : `${count ?? 'Some'} lines`} of the export’s data could not be read. ` +
    'The photos were imported; some of their details may be missing.',
  'folder-missing': () =>
    'This folder is missing or empty. Is its drive connected? Nothing was removed; Coffer continues when it is back.',
  'folder-on-network': (details) =>
    `This folder is on a network drive, which does not report changes. ${seconds(details)}`,
  'folder-too-large': (details) =>
    'This system can report changes in only a limited number of folders ' +
    `(on Linux: fs.inotify.max_user_watches). ${seconds(details)}`,
  'folder-silent': (details) => `This system does not report changes in this folder. ${seconds(details)}`,
  'folder-unreadable': () => 'Coffer could not look through this folder and will try again.',
  noted: ({ text }) => String(text ?? ''),
}

/** A reason as an English sentence. */
export function englishReason({ code, details }: Reason): string {
  return sentences[code](details)
}

/** What an import that waits or failed is as an error: the code and the sentence of what really stopped it. */
export function stoppedError(problem: Reason | null): CofferError {
  const reason = problem ?? { code: 'import-failed', details: {} }
  const code = errorCodeOf[reason.code] ?? 'internal'
  return new CofferError(englishReason(reason), { code, retry: 'later' })
}

const errorCodeOf: Readonly<Partial<Record<ReasonCode, ErrorCode>>> = {
  'disk-full': 'disk-full',
  'database-stopped': 'database-stopped',
  'vault-unreachable': 'file-unreadable',
}
