/** Whether the originals are whole. */
export const health = {
  'trouble.no-backup':
    '{count, plural, one {# original is} other {# originals are}} missing or damaged. No backup has {count, plural, one {it} other {them}}.',
  'trouble.needs-key':
    '{count, plural, one {# original is} other {# originals are}} missing or damaged. A backup may have {count, plural, one {it} other {them}}, but needs its passphrase: open the backup, then look and repair.',
  'trouble.unreachable':
    '{count, plural, one {# original is} other {# originals are}} missing or damaged. A backup may have {count, plural, one {it} other {them}}, but cannot be reached. Connect its drive, then look and repair.',
  'trouble.elsewhere':
    '{count, plural, one {# original that lies outside the vault is} other {# originals that lie outside the vault are}} missing or changed. Connect the drive with {count, plural, one {it} other {them}}.',
  'trouble.untried':
    '{count, plural, one {# original is} other {# originals are}} missing or damaged. “Look and repair” brings back what a backup has.',
  'trouble.no-folder':
    'The folder with your originals is not there ({path}). Bring it back, or restore the vault from a backup.',
  'trouble.audit-changed': 'Line {line, number} of the activity is not as it was written.',
  'trouble.job-parked':
    'Coffer ended twice over the same work, so that was set aside. “Look and repair” starts it again.',

  'health.damaged': '{path}: its bytes are not those that were kept.',
  'health.missing': '{path}: it is not there, or cannot be read.',
  'health.repaired': '{count, plural, one {One thing was put right.} other {# things were put right.}}',
  'health.well': 'No problems are known.',
  'health.notRead':
    'Coffer reads every original back over the weeks and compares it with what came in. It has not begun yet.',
  'health.read': '{checked, number} of {media, number} originals were read back and compared, the last {day}.',
  'health.look': 'Look and repair',
  'health.looking': 'Looking…',
  'health.readAll': 'Read every original',
  'health.stop': 'Stop',
  'health.reading': 'Reading every original. With many photos this takes a while; everything else goes on.',
  'health.stopped': 'Stopped. Nothing was changed.',
  'health.nothingFound': 'Everything is in order.',
  'health.allWhole':
    '{count, plural, =0 {There is no original to read yet.} one {One original was read. It is whole.} other {# originals were read. All are whole.}}',
  'health.orphan': '{path}: no photo belongs to this file.',
  'health.more': '{count, plural, one {and one more} other {and # more}}',
} as const
