/** The same suites once more, on a PostgreSQL server of our own. */
process.env['COFFER_TEST_ENGINE'] = 'embedded'
// Room set aside in every vault would be most of what these tests write.
process.env['COFFER_MIN_FREE_MB'] ??= '4'

for (const suite of ['isolation', 'migrations', 'dump', 'aside', 'readers', 'counts'])
  await import(`./${suite}.test.ts`)
for (const suite of ['hypernet', 'links', 'orbital', 'records', 'trove']) await import(`./data-model/${suite}.test.ts`)
