import { createServer } from 'vite'
import { resolveConfig } from 'electron-vite'
import { build } from './build.ts'
import { finish, hasDisplay, root, runProgram } from './checkout.ts'
import { findElectron } from './find-electron.ts'

/** `npm run dev`: the window from a development server that follows every save, the engine straight from its sources. */
async function dev(): Promise<number> {
  const found = hasDisplay() ? await findElectron() : { missing: 'there is no display here' }
  if ('missing' in found) {
    process.stderr.write(
      `No window: ${found.missing}. Development needs a display and an Electron; npm start does not.\n`,
    )
    return 1
  }
  const code = await build({ everything: false })
  if (code !== 0) return code
  const { config } = await resolveConfig({ root }, 'serve')
  const server = await createServer({ ...config?.renderer, configFile: false })
  await server.listen()
  const { port } = server.config.server
  const isRoot = process.platform === 'linux' && process.getuid?.() === 0
  try {
    return await runProgram(found.executable, [root, ...(isRoot ? ['--no-sandbox'] : [])], {
      ...process.env,
      COFFER_ENGINE: 'source',
      COFFER_RENDERER_URL: `http://localhost:${port}`,
    })
  } finally {
    await server.close()
  }
}

await finish(dev)
