import assert from 'node:assert/strict'
import { setTimeout as pause } from 'node:timers/promises'
import { describe, test } from 'vitest'
import type { Connection } from '../../main/contract/index.ts'
import { jpeg } from '../support/pictures.ts'
import type { Answer, Asked } from './fake-service.ts'
import { json, passing } from './fault-table.ts'
import { subjects } from './subjects.ts'
import { makeDue, setCursor, syncVault, type SyncVault } from './support.ts'

const day = 86_400_000

for (const [name, start] of Object.entries(subjects)) {
  describe(name, () => {
    test('what goes wrong with a page costs no post and doubles none', async (t) => {
      const subject = await start(t)
      const vault = await syncVault(t, { network: subject.network })
      let expected = 3
      for (let number = 0; number < expected; number += 1) subject.post(`Post ${number}`)
      const { id } = await subject.connect(vault)
      for (const { name: fault, answer, status, problem, wait } of passing) {
        subject.post(`Post ${expected}`)
        expected += 1
        subject.service.meanwhile = (asked, right) => (subject.isPage(asked) ? answer(right(asked)) : null)
        const now = await vault.sync(id)
        assert.deepEqual([now.status, now.problem?.code ?? null], [status, problem], fault)
        const seconds = (Date.parse(now.nextSyncAt ?? '') - Date.now()) / 1000
        assert.ok(seconds >= wait[0] && seconds <= wait[1], `${fault}: ${seconds}`)
        subject.service.meanwhile = null
        const after = await vault.sync(id)
        assert.deepEqual(
          [after.status, after.problem, after.failures, after.posts],
          ['connected', null, 0, expected],
          fault,
        )
      }
      await assertWhole(vault, id, expected)
    })

    test('a network that is away is nobody’s fault, and a service that fails for ever is one after some quiet tries', async (t) => {
      const subject = await start(t)
      let isAway = false
      const vault = await syncVault(t, {
        network: (url, init) => {
          if (isAway) throw new DOMException('The operation was aborted due to timeout', 'TimeoutError')
          return subject.network(url, init)
        },
      })
      subject.post('Post 0')
      const { id } = await subject.connect(vault)
      isAway = true
      for (let round = 0; round < 8; round += 1) {
        await makeDue(vault, id)
        const now = await vault.synced(id)
        assert.deepEqual([now.status, now.problem, now.failures], ['connected', null, 0])
      }
      isAway = false
      await vault.sync(id)
      subject.service.meanwhile = () => json({ error: 'x' }, { status: 500 })
      const seen: [string, string | undefined][] = []
      for (let round = 0; round < 7; round += 1) {
        await makeDue(vault, id)
        const now = await vault.synced(id)
        seen.push([now.status, now.problem?.code])
      }
      const silent = Array.from({ length: 5 }, () => ['connected', undefined])
      assert.deepEqual(seen, [...silent, ['error', 'connection-offline'], ['error', 'connection-offline']])
      subject.service.meanwhile = null
      const after = await vault.sync(id)
      assert.deepEqual([after.status, after.problem, after.failures, after.posts], ['connected', null, 0, 1])
    })

    test('a picture that comes broken is not kept, and is fetched when it can be', async (t) => {
      const subject = await start(t)
      const vault = await syncVault(t, { network: subject.network })
      const other = (right: Answer): Answer => ({ ...right, bytes: (right.bytes ?? Buffer.alloc(0)).subarray(0, 500) })
      const page = (): Answer => ({ bytes: Buffer.from('<html>'), headers: { 'content-type': 'text/html' } })
      const faults: readonly ((right: Answer) => Answer)[] = [
        // Cut off however often it is asked for; other bytes than it should have; a page instead of one; not there now.
        (right) => ({ ...right, breakAt: 100 }),
        subject.hasHashes ? other : page,
        page,
        () => json({ error: 'x' }, { status: 404 }),
        () => json({ error: 'x' }, { status: 500 }),
      ]
      for (const [number] of faults.entries()) subject.post(`Post ${number}`, await jpeg(number + 40))
      const broken = new Map<string, (right: Answer) => Answer>()
      subject.service.meanwhile = (asked, right) => {
        if (!subject.isMedium(asked)) return null
        const what = `${asked.path} ${asked.url.searchParams.get('cid') ?? ''}`
        const fault = broken.get(what) ?? faults[broken.size % faults.length]
        if (!fault) return null
        broken.set(what, fault)
        return fault(right(asked))
      }
      const connection = await subject.connect(vault)
      const { id } = connection
      assert.deepEqual([connection.posts, connection.media.downloaded, connection.status], [5, 0, 'connected'])
      assert.equal(connection.media.failed + connection.media.unavailable, 5)
      assert.equal((await vault.runs(id))[0]?.status, 'partial')
      assert.equal((await vault.get<{ items: unknown[] }>('/media')).items.length, 0)
      subject.service.meanwhile = null
      await vault.ask('POST', `/connections/${id}/retry`)
      const after = await vault.synced(id)
      assert.deepEqual(after.media, { downloaded: 5, pending: 0, failed: 0, unavailable: 0 })
      assert.equal((await vault.letters(id)).length, 0)
      await assertWhole(vault, id, 5)
    })

    test('nonsense where a connection stands is a walk from the beginning', async (t) => {
      const subject = await start(t)
      const vault = await syncVault(t, { network: subject.network })
      for (let number = 0; number < 3; number += 1) subject.post(`Post ${number}`)
      const { id } = await subject.connect(vault)
      const texts = ['{', '', 'null', '7', '[]', '{"rev":5,"account":[],"queue":"x","walkedAt":{}}', '"\u0001"']
      const far = { walkedAt: new Date(Date.now() + 400 * day).toISOString() }
      for (const change of [...texts.map((text) => () => text), (cursor: object) => ({ ...cursor, ...far })]) {
        await setCursor(vault, id, change)
        const now = await vault.sync(id)
        assert.deepEqual([now.status, now.problem, now.posts], ['connected', null, 3])
      }
      assert.equal((await vault.posts('&gone=true')).length, 0)
      await assertWhole(vault, id, 3)
    })

    test('clocks that differ by a day, and tokens that end or are taken away', async (t) => {
      const subject = await start(t)
      const vault = await syncVault(t, { network: subject.network })
      subject.post('Post 0')
      const { id } = await subject.connect(vault)
      const tokenEnds = (when: string): Promise<unknown> =>
        vault.engine
          .vault()
          .database.asService((tx) =>
            tx.execute(`update core.integrations set token_expires_at = now() + $2::interval where id = $1`, [
              id,
              when,
            ]),
          )
      // Ours is ahead: it looks ended, and is not.
      await tokenEnds('-1 day')
      subject.post('Post 1')
      assert.deepEqual([(await vault.sync(id)).status, (await vault.posts()).length], ['connected', 2])
      // Ours is behind: it looks good, and has ended.
      if (subject.expire) {
        await tokenEnds('1 day')
        subject.expire()
        subject.post('Post 2')
        assert.deepEqual([(await vault.sync(id)).status, (await vault.posts()).length], ['connected', 3])
      }
      subject.revoke()
      subject.post(subject.expire ? 'Post 3' : 'Post 2')
      const over = await vault.sync(id)
      assert.deepEqual(
        [over.status, over.problem?.code, over.nextSyncAt],
        ['token_expired', 'connection-expired', null],
      )
      assert.equal(
        (await vault.ask<{ code: string }>('POST', `/connections/${id}/sync`)).body.code,
        'connection-expired',
      )
      const again = await subject.connect(vault)
      assert.deepEqual([again.id, again.status, again.problem], [id, 'connected', null])
      await assertWhole(vault, id, subject.expire ? 4 : 3)
    })

    test.skipIf(name === 'bluesky')(
      'the same page again ends the walk for now, and nothing counts as gone',
      async (t) => {
        const subject = await start(t)
        const vault = await syncVault(t, { network: subject.network })
        const total = (subject.pageSize ?? 0) * 2 + 5
        for (let number = 0; number < total; number += 1) subject.post(`Post ${number}`)
        const first: Answer[] = []
        subject.service.meanwhile = (asked, right) => {
          if (!subject.isPage(asked)) return null
          first.push(right(asked))
          return first[0] ?? null
        }
        const cut = await subject.connect(vault)
        assert.deepEqual([cut.status, cut.problem, cut.posts], ['connected', null, subject.pageSize])
        assert.ok(first.length < 5)
        subject.service.meanwhile = null
        await vault.sync(cut.id)
        assert.equal((await vault.posts('&gone=true')).length, 0)
        await assertWhole(vault, cut.id, total)
      },
    )

    for (const phase of ['page', 'medium'] as const) {
      test(`an engine that closes in the middle of a ${phase} goes on where it was`, async (t) => {
        const subject = await start(t)
        const total = (subject.pageSize ?? 50) + 5
        for (let number = 0; number < total; number += 1) {
          subject.post(`Post ${number}`, number > total - 4 ? await jpeg(number) : undefined)
        }
        const held = Promise.withResolvers<Answer | null>()
        const reached = Promise.withResolvers<void>()
        let calls = 0
        const isSought = (asked: Asked): boolean => (phase === 'page' ? subject.isPage(asked) : subject.isMedium(asked))
        const wanted = phase === 'page' && subject.pageSize === null ? 1 : 2
        subject.service.meanwhile = (asked) => {
          if (!isSought(asked)) return null
          calls += 1
          if (calls !== wanted) return null
          reached.resolve()
          return held.promise
        }
        const storeKey = 'ab'.repeat(32)
        const before = await syncVault(t, { network: subject.network, storeKey })
        const connecting = subject.connect(before).catch(() => null)
        await reached.promise
        const [{ id } = { id: '' }] = (await before.get<{ items: Connection[] }>('/connections')).items
        const closing = before.engine.close()
        held.resolve(null)
        await closing
        await connecting
        subject.service.meanwhile = null
        const after = await syncVault(t, { network: subject.network, storeKey, folder: before.folder })
        for (let round = 0; round < 200; round += 1) {
          const { posts, running, media } = await after.get<Connection>(`/connections/${id}`)
          if (posts === total && running === null && media.downloaded === 3) break
          await pause(50)
        }
        const now = await after.synced(id)
        assert.deepEqual([now.status, now.posts, now.media.downloaded, now.media.failed], ['connected', total, 3, 0])
        assert.equal((await after.runs(id)).at(-1)?.status, 'cancelled')
        await assertWhole(after, id, total)
      })
    }
  })
}

/** Every post is there once, what the logs say adds up to them, and nothing is left of what was cut off. */
async function assertWhole(vault: SyncVault, id: string, total: number): Promise<void> {
  const texts = (await vault.posts()).map(({ text }) => text)
  assert.equal(texts.length, total)
  assert.deepEqual(texts.toSorted(), Array.from({ length: total }, (_, number) => `Post ${number}`).toSorted())
  const runs = await vault.runs(id)
  assert.equal(
    runs.reduce((sum, run) => sum + run.created, 0),
    total,
  )
  const left = await vault.engine.vault().database.asService((tx) =>
    tx.one<Record<string, number>>(
      `select (select count(*) from ingest.sync_logs where status = 'running')::integer as logs,
              (select count(*) from ingest.media_downloads where status = 'downloading')::integer as media,
              (select count(*) from meta.imports where source = 'sync')::integer as imports`,
    ),
  )
  assert.deepEqual(left, { logs: 0, media: 0, imports: 0 })
}
