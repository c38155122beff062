/** Backups and their snapshots. Each code with its status over HTTP. */
export const backupsErrors = {
  'backup-not-found': 404,
  'backup-exists': 409,
  'backup-locked': 423,
  'backup-damaged': 500,
  'backup-wrong-key': 403,
  'backup-unreachable': 503,
  'backup-newer': 500,
  'backup-last-key': 409,
  'snapshot-not-found': 404,
} as const
