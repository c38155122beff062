/** Whether the originals are whole. */
export const health = {
  'trouble.no-backup':
    '{count, plural, one {# original is} other {# originals are}} missing or damaged. No backup has {count, plural, one {it} other {them}}.',
  'trouble.needs-key':
    '{count, plural, one {# original is} other {# originals are}} missing or damaged. A backup may have {count, plural, one {it} other {them}}, but its passphrase is needed: open the backup, then check and repair.',
  'trouble.unreachable':
    '{count, plural, one {# original is} other {# originals are}} missing or damaged. A backup may have {count, plural, one {it} other {them}}, but it cannot be reached. Connect its drive, then check and repair.',
  'trouble.elsewhere':
    '{count, plural, one {# original outside the vault is} other {# originals outside the vault are}} missing or changed. Connect the drive with {count, plural, one {it} other {them}}.',
  'trouble.untried':
    '{count, plural, one {# original is} other {# originals are}} missing or damaged. “Check and repair” restores whatever a backup has.',
  'trouble.no-folder':
    'The folder with your originals is missing ({path}). Put it back, or restore the vault from a backup.',
  'trouble.audit-changed': 'Line {line, number} of the activity log has been altered.',
  'trouble.job-parked':
    'Coffer stopped twice during the same task, so the task was set aside. “Check and repair” starts it again.',

  'health.damaged': '{path}: its contents are not what was stored.',
  'health.missing': '{path}: missing or unreadable.',
  'health.repaired': '{count, plural, one {One problem was fixed.} other {# problems were fixed.}}',
  'health.well': 'No known problems.',
  'health.notRead':
    'Over the weeks, Coffer reads every original back and compares it with what was imported. It has not started yet.',
  'health.read': '{checked, number} of {media, number} originals have been read back and compared. Last read: {day}.',
  'health.look': 'Check and repair',
  'health.looking': 'Checking…',
  'health.readAll': 'Check every original',
  'health.stop': 'Stop',
  'health.reading': 'Checking every original. With many photos this takes a while; you can carry on meanwhile.',
  'health.stopped': 'Stopped. Nothing was changed.',
  'health.nothingFound': 'Everything is in order.',
  'health.allWhole':
    '{count, plural, =0 {There are no originals to check yet.} one {One original was checked. It is intact.} other {# originals were checked. All are intact.}}',
  'health.orphan': '{path}: this file does not belong to any photo.',
  'health.more': '{count, plural, one {and one more} other {and # more}}',
} as const
