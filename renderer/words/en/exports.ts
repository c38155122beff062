/** Taking everything out, into a folder or one file, and erasing it. */
export const exports = {
  'oneFile.title': 'Everything in one file',
  'oneFile.lead':
    'One encrypted file to give away or to put on a shelf. It opens with its passphrase in Coffer, or with the free programs age and tar.',
  'oneFile.open': 'Save in one file…',
  'oneFile.name': 'Name of the file',
  'oneFile.lose': 'Without this passphrase nobody can open the file, not even we. Coffer keeps it nowhere.',
  'oneFile.start': 'Save',
  'oneFile.stopped': 'Saving was stopped. Nothing of the file is left.',
  'oneFile.done': '{count, plural, one {# file} other {# files}} and everything known of them are in {path} ({size}).',
  'oneFile.problems':
    '{count, plural, one {One original is missing or damaged in the vault and could not be saved. Everything else is there.} other {# originals are missing or damaged in the vault and could not be saved. Everything else is there.}}',

  'export.lead': 'Everything that is yours, in a folder that needs no Coffer.',
  'export.originals': 'Every photo and video under its own name, by year and month, unchanged',
  'export.sidecars': 'Captions, stars, tags and albums beside them, as other photo programs read them',
  'export.data': 'Everything Coffer knows, as text that any program can read',
  'export.page': 'A page to look through it all in a browser, without the internet',
  'export.to': 'Export into',
  'export.toHint':
    'A new or empty folder, or an earlier export to bring up to date. Nothing in it is ever overwritten.',
  'export.since': 'Only what is new or changed since (optional)',
  'export.start': 'Export',
  'export.running': 'Exporting',
  'export.now.data': 'Writing down what is known…',
  'export.now.check': 'Looking at what is there already: {files, number} of {totalFiles, number}',
  'export.now.originals': 'Exporting {files, number} of {totalFiles, number}',
  'export.now.pages': 'Making the page to look through it…',
  'export.now.finish': 'Waiting for the drive…',
  'export.stopped': 'The export was stopped. Export into {path} again to go on from there.',
  'export.done':
    '{count, plural, =0 {Nothing had to be exported; the rest is in {path}.} one {# file ({size}) is in {path}.} other {# files ({size}) are in {path}.}}',
  'export.failed':
    '{count, plural, one {One file needs a look. Everything else was exported.} other {# files need a look. Everything else was exported.}}',

  'erase.lead': 'Destroys everything you have in this vault, for good.',
  'erase.open': 'Erase everything…',
  'erase.title': 'Erase everything for good?',
  'erase.takes':
    '{count, plural, =0 {No photo} one {# photo} other {# photos}} ({size}), {albums, plural, =0 {no album} one {# album} other {# albums}}, and everything written about them are destroyed, with the trash, the history and the keys. It cannot be undone.',
  'erase.stays':
    'Backups and exports on other drives stay as they are, and so do the files you once imported from. One line in the activity says when it was done and how much it was, nothing else.',
  'erase.type': 'To go on, type the name {name}',
  'erase.confirm':
    '{count, plural, =0 {Erase everything} one {Erase # photo for good} other {Erase # photos for good}}',
  'erase.running': 'Erasing…',
} as const
