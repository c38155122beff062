/** Why a file was not imported as it should be, or why a watched folder waits, by the code of the reason. */
export const reasons = {
  'reason.empty': 'The file is empty (0 bytes).',
  'reason.gone': 'It is no longer there.',
  'reason.not-allowed': 'Coffer is not allowed to read it.',
  'reason.in-use': 'Another program has it open.',
  'reason.broken-link': 'It is a broken link.',
  'reason.disk-error': 'The disk could not read it.',
  'reason.path-too-long': 'Its path is too long for this system.',
  'reason.not-a-file': 'It is neither a file nor a folder.',
  'reason.unreadable': 'It could not be read ({code}).',
  'reason.still-written': 'It is still being written. Import it again later.',
  'reason.unknown-kind': 'Coffer does not recognise this type of file.',
  'reason.picture-cut-off': 'The file is incomplete or damaged: part of the picture is missing.',
  'reason.picture-unreadable': 'The picture in this file could not be read. The file is kept as it is.',
  'reason.film-cut-off': 'The file is incomplete or damaged: part of the data that describes it is missing.',
  'reason.content-unreadable': 'The file could not be read. It is kept as it is.',
  'reason.decoder-crashed': 'Reading the picture crashed the decoder. The file is kept as it is.',
  'reason.not-opened-yet': 'It could not be opened. Coffer will try again later.',
  'reason.slow-to-read': 'It takes a long time to read. Coffer will try again when the computer is idle.',
  'reason.large-to-read': 'It needs a lot of memory to read. Coffer will try again when the computer is idle.',
  'reason.too-busy-to-read': 'The computer or the drive was too busy to read it. Coffer will try again later.',
  'reason.too-many-pixels': 'The picture has more pixels than Coffer can show. It is kept as it is.',
  'reason.picture-too-slow': 'Creating a preview of it takes too long. The file is kept as it is.',
  'reason.picture-too-large': 'Creating a preview of it needs too much memory. The file is kept as it is.',
  'reason.reading-too-slow': 'It could not be read in the time allowed. The file is kept as it is.',
  'reason.twice-in-import': 'The same file appears twice in this import.',
  'reason.in-trash': 'It is in the trash.',
  'reason.back-from-trash': 'It was in the trash and has been restored.',
  'reason.deleted-for-good': 'You deleted this photo permanently.',
  'reason.no-room':
    'There is no space for it: you are using {used} of your {quota}. Delete something permanently, or ask the administrator for more.',
  'reason.not-stored':
    'Something about this file could not be stored. The details are in the log; the file was not changed.',
  'reason.sidecar-read': 'It is kept, and was read together with {name}.',
  'reason.sidecar-kept': 'It is kept with {name}. Nothing in it was used.',
  'reason.sidecar-waits': 'It is kept until the photo it belongs to is imported.',
  'reason.sidecar-of-photo': 'It is kept together with its photo.',
  'reason.disk-full':
    'The disk with the vault is full. Nothing was lost; the import resumes automatically when there is space.',
  'reason.database-stopped': 'The database is being restarted. The import resumes automatically.',
  'reason.vault-unreachable':
    'The vault could not be written to. Is its drive connected? The import resumes automatically once it is.',
  'reason.import-failed':
    'The import stopped because of an error in Coffer. The details are in the log. Resume it to try again.',
  'reason.import-parked':
    'Coffer stopped twice during this import without making progress. Everything imported so far is kept; resume it to try again.',
  'reason.archive-record-unreadable':
    'This record of the export could not be read. The export is kept, so nothing is lost.',
  'reason.archive-file-missing': 'A post names this file, and it is not in the export.',
  'reason.archive-unknown': 'This is not an export that Coffer knows.',
  'reason.archive-html':
    'This export was made as web pages. Ask the service for it again and choose JSON as its format.',
  'reason.archive-damaged': 'This export is damaged. Download it again.',
  'reason.archive-encrypted': 'This archive is protected by a password. Unpack it, and import the folder.',
  'reason.export-newer': 'This export was made by a newer version of Coffer. Update Coffer to import it.',
  'reason.export-lines-unreadable':
    '{count, plural, one {# line of the export’s data} other {# lines of the export’s data}} could not be read. The photos were imported; some of their details may be missing.',
  'reason.folder-missing':
    'This folder is missing or empty. Is its drive connected? Nothing was removed; Coffer continues when it is back.',
  'reason.folder-on-network':
    'This folder is on a network drive, which does not report changes. Coffer checks it every {seconds, number} seconds instead.',
  'reason.folder-too-large':
    'This system can report changes in only a limited number of folders (on Linux: fs.inotify.max_user_watches). Coffer checks it every {seconds, number} seconds instead.',
  'reason.folder-silent':
    'This system does not report changes in this folder. Coffer checks it every {seconds, number} seconds instead.',
  'reason.folder-unreadable': 'Coffer could not look through this folder and will try again.',
  'reason.noted': '{text}',
} as const
