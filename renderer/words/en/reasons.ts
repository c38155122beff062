/** Why a file was not imported as it should be, or why a watched folder waits, by the code of the reason. */
export const reasons = {
  'reason.empty': 'The file is empty (0 bytes).',
  'reason.gone': 'It is not there any more.',
  'reason.not-allowed': 'Coffer is not allowed to read it.',
  'reason.in-use': 'Another program has it open.',
  'reason.broken-link': 'Its link leads nowhere.',
  'reason.disk-error': 'The disk could not read it.',
  'reason.path-too-long': 'Its path is too long for this system.',
  'reason.not-a-file': 'It is neither a file nor a folder.',
  'reason.unreadable': 'It could not be read ({code}).',
  'reason.still-written': 'It is still being written. Import it again later.',
  'reason.unknown-kind': 'Coffer does not know this kind of file.',
  'reason.picture-cut-off': 'The file is cut off or broken: part of the picture is missing.',
  'reason.picture-unreadable': 'The picture in this file could not be read. The file is kept as it is.',
  'reason.film-cut-off': 'The file is cut off or broken: part of what describes it is missing.',
  'reason.content-unreadable': 'The file could not be read. It is kept as it is.',
  'reason.decoder-crashed': 'Reading the picture made the decoder crash. The file is kept as it is.',
  'reason.not-opened-yet': 'It could not be opened. Coffer tries again later.',
  'reason.slow-to-read': 'Reading it takes long. Coffer tries again when the computer has nothing else to do.',
  'reason.large-to-read': 'Reading it needs much memory. Coffer tries again when the computer has nothing else to do.',
  'reason.too-busy-to-read': 'The computer or the drive was too busy to read it. Coffer tries again later.',
  'reason.too-many-pixels': 'The picture has more pixels than Coffer shows. It is kept as it is.',
  'reason.picture-too-slow': 'Making a picture of it takes too long. The file is kept as it is.',
  'reason.picture-too-large': 'A picture of it needs more memory than Coffer gives it. The file is kept as it is.',
  'reason.reading-too-slow': 'It could not be read in the time it gets. The file is kept as it is.',
  'reason.twice-in-import': 'The same file is in this import twice.',
  'reason.in-trash': 'It is in the trash.',
  'reason.back-from-trash': 'It was in the trash and is back.',
  'reason.deleted-for-good': 'You deleted this photo permanently.',
  'reason.no-room':
    'There is no room for it: you use {used} of your {quota}. Delete something permanently, or ask the administrator for more.',
  'reason.not-stored':
    'Something about this file could not be stored. The details are in the log; the file was not changed.',
  'reason.sidecar-read': 'It is kept, and was read together with {name}.',
  'reason.sidecar-kept': 'It is kept with {name}. Nothing in it was used.',
  'reason.sidecar-waits': 'It is kept until the photo it belongs to is imported.',
  'reason.sidecar-of-photo': 'It is kept together with its photo.',
  'reason.disk-full':
    'The disk with the vault is full. Nothing was lost; the import continues by itself when there is room.',
  'reason.database-stopped': 'The database is being started again. The import continues by itself.',
  'reason.vault-unreachable':
    'The vault could not be written to. Is its drive connected? The import continues by itself when it is.',
  'reason.import-failed':
    'The import stopped because of an error in Coffer. The details are in the log. Resume it to try again.',
  'reason.import-parked':
    'Coffer ended twice while this import was under way and got nothing done. What is in stays in; resume it to try again.',
  'reason.export-newer': 'This export was made by a newer Coffer. Update Coffer to import it.',
  'reason.export-lines-unreadable':
    '{count, plural, one {# line of the export’s description} other {# lines of the export’s description}} could not be read. The photos were imported; some of what was known about them may be missing.',
  'reason.folder-missing':
    'This folder is missing or empty. Is its drive connected? Nothing was removed; Coffer continues when it is back.',
  'reason.folder-on-network':
    'This folder is on a network drive, which does not report changes. Coffer looks every {seconds, number} seconds instead.',
  'reason.folder-too-large':
    'This system can report changes in only a limited number of folders (on Linux: fs.inotify.max_user_watches). Coffer looks every {seconds, number} seconds instead.',
  'reason.folder-silent':
    'This system does not report changes in this folder. Coffer looks every {seconds, number} seconds instead.',
  'reason.folder-unreadable': 'Coffer could not look through this folder and tries again by itself.',
  'reason.noted': '{text}',
} as const
