/// <reference lib="dom" />
import assert from 'node:assert/strict'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { root, startApp } from './electron.ts'

test('nothing in the window reaches a network, not even WebRTC', { timeout: 120_000 }, async (t) => {
  const stateDir = await mkdtemp(join(tmpdir(), 'coffer-network-'))
  const reached: string[] = []
  const tcp = createServer((socket) => {
    reached.push('tcp')
    socket.destroy()
  }).listen(0, '127.0.0.1')
  await once(tcp, 'listening')
  const { port } = tcp.address() as AddressInfo
  const udp = createSocket('udp4', () => reached.push('udp')).bind(0, '127.0.0.1')
  await once(udp, 'listening')
  const app = await startApp({ stateDir })
  t.after(async () => {
    await app.electron.close()
    tcp.close()
    udp.close()
    await rm(stateDir, { recursive: true, force: true })
  })
  const candidates = await app.window.evaluate(
    async ({ http, stun }) => {
      const quietly = (work: () => unknown): Promise<void> =>
        Promise.resolve()
          .then(work)
          .then(
            () => {},
            () => {},
          )
      await quietly(() => fetch(http, { mode: 'no-cors' }))
      await quietly(() => navigator.sendBeacon(http, 'x'))
      await quietly(() => new WebSocket(http.replace('http', 'ws')))
      await quietly(() => new EventSource(http))
      await quietly(() => (new Image().src = http))
      await quietly(() => window.open(http))
      for (const rel of ['preconnect', 'dns-prefetch', 'prefetch', 'stylesheet']) {
        document.head.append(Object.assign(document.createElement('link'), { rel, href: http }))
      }
      document.body.append(Object.assign(document.createElement('iframe'), { src: http }))
      const found: string[] = []
      const peer = new RTCPeerConnection({
        iceServers: [
          { urls: `stun:127.0.0.1:${stun}` },
          { urls: `turn:${new URL(http).host}?transport=tcp`, username: 'a', credential: 'b' },
        ],
      })
      peer.addEventListener('icecandidate', ({ candidate }) => candidate && found.push(candidate.candidate))
      peer.createDataChannel('x')
      await peer.setLocalDescription(await peer.createOffer())
      await new Promise((done) => {
        peer.addEventListener('icegatheringstatechange', () => peer.iceGatheringState === 'complete' && done(null))
        setTimeout(done, 8000)
      })
      peer.close()
      return found
    },
    { http: `http://127.0.0.1:${port}/`, stun: udp.address().port },
  )
  assert.deepEqual(reached, [])
  // Candidates carry the addresses of this computer; only names that mean nothing elsewhere may be in one.
  for (const candidate of candidates) assert.doesNotMatch(candidate, /\b\d{1,3}(?:\.\d{1,3}){3}\b(?<!0\.0\.0\.0)/)
})

test('another frame and another sender get no answer from the shell', { timeout: 60_000 }, async (t) => {
  const stateDir = await mkdtemp(join(tmpdir(), 'coffer-senders-'))
  const app = await startApp({ stateDir })
  t.after(async () => {
    await app.electron.close()
    await rm(stateDir, { recursive: true, force: true })
  })
  // A window with another page and our own preload script: what an injected page would be.
  const answers = await app.electron.evaluate(
    async ({ BrowserWindow }, preload) => {
      const other = new BrowserWindow({
        show: false,
        webPreferences: { preload, sandbox: true, contextIsolation: true },
      })
      await other.loadURL('data:text/html,<p>elsewhere')
      const calls = [
        'pickFolder()',
        `openOriginal('00000000-0000-4000-8000-000000000000')`,
        `showInFolder('/etc/passwd')`,
        'background()',
        `setTheme('dark')`,
      ]
      const results: string[] = []
      for (const call of calls) {
        results.push(
          await other.webContents.executeJavaScript(`window.coffer.${call}.then(() => 'answered', () => 'refused')`),
        )
      }
      other.destroy()
      return results
    },
    join(root, 'out/preload/index.cjs'),
  )
  assert.deepEqual(answers, ['refused', 'refused', 'refused', 'refused', 'refused'])
})
