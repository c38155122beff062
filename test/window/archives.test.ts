import './browser.ts'
import assert from 'node:assert/strict'
import { test } from 'vitest'
import type { Import, ImportType } from '../../main/contract/index.ts'
import { broughtLine, countOf, exportName, spanLine, totalOf } from '../../renderer/messages/archive-lines.ts'
import { addedBy, outcomeSentence, summaryOf } from '../../renderer/messages/import-lines.ts'

type Archive = NonNullable<Import['archive']>

const none = { added: 0, updated: 0, same: 0, left: 0, failed: 0 }
const typed = (type: ImportType['type'], figures: Partial<ImportType>): ImportType => ({ type, ...none, ...figures })

function archive(types: readonly ImportType[], more: Partial<Archive> = {}): Archive {
  return {
    source: 'mastodon',
    platform: 'mastodon',
    account: '@ann',
    connectionId: null,
    types: [...types],
    earliest: null,
    latest: null,
    samples: [],
    ...more,
  }
}

function imported(of: Archive | null, more: Partial<Import> = {}): Import {
  return {
    id: 'i',
    status: 'done',
    dryRun: false,
    reference: false,
    watchedFolderId: null,
    paths: ['/home/ann/archive.zip'],
    startedAt: '2026-01-01T00:00:00Z',
    finishedAt: null,
    scanComplete: true,
    seen: 0,
    added: 0,
    duplicates: 0,
    stacked: 0,
    unsupported: 0,
    damaged: 0,
    later: 0,
    failed: 0,
    skipped: 0,
    totalBytes: 0,
    doneBytes: 0,
    filesPerSecond: null,
    bytesPerSecond: null,
    remainingSeconds: null,
    currentFile: null,
    problem: null,
    archive: of,
    ...more,
  }
}

test('what an export brings is counted in words', () => {
  const full = archive([
    typed('post', { added: 1240, same: 3 }),
    typed('media', { added: 1 }),
    typed('contact', { updated: 2 }),
    typed('note', { added: 2, failed: 1 }),
  ])
  assert.equal(broughtLine(full), '1,240 posts, 1 photo or film, Note: 2')
  assert.equal(totalOf(full, 'added'), 1243)
  assert.equal(totalOf(full, 'failed'), 1)
  assert.equal(broughtLine(archive([typed('post', { same: 9 })])), null)
  assert.equal(countOf('album', 2), '2 albums')
})

test('an export has a name, and days where they are known', () => {
  assert.equal(exportName(archive([])), 'Mastodon export of @ann')
  assert.equal(exportName(archive([], { account: null, platform: null })), 'Mastodon export')
  assert.equal(spanLine(archive([])), null)
  const year = { earliest: '2023-01-01T10:00:00Z', latest: '2023-12-31T10:00:00Z' }
  assert.equal(spanLine(archive([], year)), '2023')
})

test('an import of an export says what it gave, one of files what it always said', () => {
  const brought = archive([typed('post', { added: 2, failed: 1 })])
  assert.equal(summaryOf(imported(brought)), 'Mastodon: 2 posts')
  assert.equal(summaryOf(imported(archive([]))), 'Mastodon: nothing new')
  assert.equal(summaryOf(imported(brought, { status: 'running' })), 'Just started')
  assert.equal(
    outcomeSentence(imported(brought)),
    'From the Mastodon export: 2 posts. 1 record could not be read. The export is kept, so nothing is lost.',
  )
  assert.equal(
    outcomeSentence(imported(archive([]), { failed: 2 })),
    'Nothing in the Mastodon export was new. 2 records could not be read. The export is kept, so nothing is lost.',
  )
  assert.equal(addedBy(imported(brought, { added: 7 })), 2)
  assert.equal(summaryOf(imported(null, { added: 7 })), '7 photos added')
  assert.equal(outcomeSentence(imported(null)), 'Nothing new was added.')
  assert.equal(addedBy(imported(null, { added: 7 })), 7)
})
