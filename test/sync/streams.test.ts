import assert from 'node:assert/strict'
import { test } from 'vitest'
import type { Connection } from '../../main/contract/index.ts'
import type { Socket } from '../../main/engine/sync/index.ts'
import { did, repositoryOf } from '../archive/car-fixtures.ts'
import { syncVault } from './support.ts'

/** A stream whose events the test sends. */
class TestSocket extends EventTarget implements Socket {
  isClosed = false
  readonly address: string

  constructor(address: string) {
    super()
    this.address = address
  }

  close(): void {
    this.isClosed = true
    this.dispatchEvent(new Event('close'))
  }
}

test('what a stream tells plans a sync; a connection that is paused is not listened to', async (t) => {
  const posts = ['one']
  const network = async (url: string): Promise<Response> => {
    const { pathname } = new URL(url)
    if (pathname.endsWith('resolveHandle')) return Response.json({ did })
    if (url.startsWith('https://plc.directory/')) {
      const service = [
        { id: '#atproto_pds', type: 'AtprotoPersonalDataServer', serviceEndpoint: 'https://pds.example' },
      ]
      return Response.json({ id: did, service })
    }
    if (pathname.endsWith('getLatestCommit')) return Response.json({ cid: 'bafy', rev: `4l${posts.length}` })
    if (pathname.endsWith('getRepo')) {
      const records = posts.map((text, index): [string, object] => [
        `app.bsky.feed.post/3k${index}`,
        { $type: 'app.bsky.feed.post', text, createdAt: '2024-05-01T10:00:00.000Z' },
      ])
      const likes = ['a', 'b', 'c'].map((name): [string, object] => [
        `app.bsky.feed.like/${name}`,
        { $type: 'app.bsky.feed.like' },
      ])
      return new Response(new Uint8Array(repositoryOf(Object.fromEntries([...records, ...likes]))))
    }
    return Response.json({ error: 'RecordNotFound' }, { status: 400 })
  }
  const sockets: TestSocket[] = []
  const vault = await syncVault(t, {
    network,
    openSocket: (address) => {
      const socket = new TestSocket(address)
      sockets.push(socket)
      return socket
    },
  })
  const { id, posts: count } = await vault.connect({ platform: 'bluesky', handle: 'ann.example' })
  assert.equal(count, 1)
  const [socket] = sockets
  assert.ok(socket && sockets.length === 1)
  assert.match(socket.address, /^wss:\/\/.*wantedDids=did%3Aplc%3A/)
  posts.push('two')
  for (let event = 0; event < 3; event += 1) socket.dispatchEvent(new Event('message'))
  const ended = Promise.withResolvers<void>()
  const stop = vault.engine.vault().database.onCommit('posts', () => ended.resolve())
  await ended.promise
  stop()
  assert.equal((await vault.synced(id)).posts, 2)
  const runs = await vault.runs(id)
  assert.deepEqual(runs.filter(({ kind }) => kind === 'stream').length, 1)
  await vault.ask<Connection>('POST', `/connections/${id}/pause`)
  while (!socket.isClosed) await new Promise((resolve) => setTimeout(resolve, 5))
  await vault.engine.close()
  assert.equal(sockets.filter((each) => !each.isClosed).length, 0)
})
