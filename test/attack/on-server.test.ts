/** People's own statements once more, on a PostgreSQL server of our own. */
process.env['COFFER_TEST_ENGINE'] = 'embedded'
process.env['COFFER_MIN_FREE_MB'] ??= '4'

await import('./hostile-sql.test.ts')
