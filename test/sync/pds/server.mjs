import { randomBytes } from 'node:crypto'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'

// Lies elsewhere than its packages: those are installed once, for all checkouts.
const require = createRequire(join(process.env.PDS_PACKAGES, 'package.json'))
const { PDS, envToCfg, envToSecrets } = require('@atproto/pds')
const plc = require('@did-plc/server')

const freePort = () =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })
/** Both listen on every address of the computer unless they are kept from it. */
const loopbackOnly = (server) => {
  const listen = server.app.listen.bind(server.app)
  server.app.listen = (port) => listen(port, '127.0.0.1')
  return server
}

const dir = process.env.PDS_DIR
await mkdir(dir, { recursive: true })
const plcPort = Number(process.env.PLC_PORT || (await freePort()))
const pdsPort = Number(process.env.PDS_PORT || (await freePort()))
const hex = (name, bytes) => process.env[name] ?? randomBytes(bytes).toString('hex')
const directory = plc.PlcServer.create({ db: plc.Database.mock(), port: plcPort })
await loopbackOnly(directory).start()
const env = {
  devMode: true,
  port: pdsPort,
  hostname: 'localhost',
  dataDirectory: dir,
  blobstoreDiskLocation: join(dir, 'blobs'),
  didPlcUrl: `http://127.0.0.1:${plcPort}`,
  plcRotationKeyK256PrivateKeyHex: hex('PDS_ROTATION_KEY', 32),
  jwtSecret: hex('PDS_JWT_SECRET', 16),
  adminPassword: hex('PDS_ADMIN', 8),
  serviceHandleDomains: ['.test'],
  inviteRequired: false,
  disableSsrfProtection: true,
  rateLimitsEnabled: process.env.RATE_LIMITS === '1',
  bskyAppViewUrl: 'http://127.0.0.1:1',
  bskyAppViewDid: 'did:example:none',
}
const pds = await PDS.create(envToCfg(env), envToSecrets(env))
await loopbackOnly(pds).start()
console.log(JSON.stringify({ pds: `http://127.0.0.1:${pdsPort}`, plc: `http://127.0.0.1:${plcPort}` }))
process.once('SIGTERM', () => {
  void pds
    .destroy()
    .then(() => directory.destroy())
    .then(() => process.exit(0))
})
