/** Taking everything out, into a folder or one file, and erasing it. */
export const exports = {
  'oneFile.title': 'Everything in one file',
  'oneFile.lead':
    'One encrypted file to give away or to store elsewhere. It opens with its passphrase in Coffer, or with the free programs age and tar.',
  'oneFile.open': 'Save to one file…',
  'oneFile.name': 'File name',
  'oneFile.lose': 'Without this passphrase nobody can open the file, not even us. Coffer does not store it.',
  'oneFile.start': 'Save',
  'oneFile.stopped': 'Saving was stopped. The unfinished file was removed.',
  'oneFile.done':
    '{count, plural, one {# file} other {# files}} and everything Coffer knows about them are in {path} ({size}).',
  'oneFile.problems':
    '{count, plural, one {One original is missing or damaged in the vault and could not be saved. Everything else is there.} other {# originals are missing or damaged in the vault and could not be saved. Everything else is there.}}',

  'export.lead': 'Everything that is yours, in a folder you can use without Coffer.',
  'export.originals': 'Every photo and video under its own name, by year and month, unchanged',
  'export.sidecars': 'Captions, ratings, tags and albums beside them, readable by other photo programs',
  'export.data': 'Everything Coffer knows, as text that any program can read',
  'export.page': 'A page to browse everything in a web browser, without the internet',
  'export.to': 'Export to',
  'export.toHint': 'A new or empty folder, or an earlier export to update. Nothing in it is ever overwritten.',
  'export.since': 'Only what is new or changed since (optional)',
  'export.start': 'Export',
  'export.running': 'Exporting',
  'export.now.data': 'Writing photo details and albums…',
  'export.now.check': 'Checking what is already there: {files, number} of {totalFiles, number}',
  'export.now.originals': 'Exporting {files, number} of {totalFiles, number}',
  'export.now.pages': 'Creating the page to browse it…',
  'export.now.finish': 'Waiting for the drive…',
  'export.stopped': 'The export was stopped. Export to {path} again to continue.',
  'export.done':
    '{count, plural, =0 {There was nothing new to export; the rest is in {path}.} one {# file ({size}) is in {path}.} other {# files ({size}) are in {path}.}}',
  'export.failed':
    '{count, plural, one {One file needs attention. Everything else was exported.} other {# files need attention. Everything else was exported.}}',

  'erase.lead': 'Permanently destroys everything you have in this vault.',
  'erase.open': 'Erase everything…',
  'erase.title': 'Erase everything permanently?',
  'erase.takes':
    '{count, plural, =0 {No photo} one {# photo} other {# photos}} ({size}), {albums, plural, =0 {no album} one {# album} other {# albums}}, and all their details are destroyed, together with the trash, the history and the keys. This cannot be undone.',
  'erase.stays':
    'Backups and exports on other drives stay as they are, and so do the files you once imported from. One line in the activity records when it was done and how much was erased, nothing else.',
  'erase.type': 'To continue, type the name {name}',
  'erase.confirm':
    '{count, plural, =0 {Erase everything} one {Erase # photo permanently} other {Erase # photos permanently}}',
  'erase.running': 'Erasing…',
} as const
