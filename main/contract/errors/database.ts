/** The database of a vault. Each code with its status over HTTP. */
export const databaseErrors = {
  'database-damaged': 500,
  'database-stopped': 503,
  'database-empty': 500,
  'database-not-empty': 500,
  'database-held': 409,
  'database-refused': 500,
  'database-unreachable': 503,
  'migration-edited': 500,
  'migration-failed': 500,
  'sql-refused': 400,
  'sql-failed': 400,
} as const
