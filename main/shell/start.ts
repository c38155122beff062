import { app, ipcMain, type BrowserWindow } from 'electron'
import { handleScheme, registerScheme } from './api-protocol.ts'
import { handleDesktop } from './desktop.ts'
import { handleDialogs } from './dialogs.ts'
import { superviseEngine, type EngineProcess } from './engine-process.ts'
import { pathsIn } from './handed-over.ts'
import { findLayout, type Layout } from './layout.ts'
import { installMenu } from './menu.ts'
import { handleOriginals } from './open-original.ts'
import { storeKeyIn } from './store-key.ts'
import { denyLeaving, openWindow } from './windows.ts'

/** Starts the app, or hands what it was asked to open to the one that runs already. */
export function start(): void {
  app.setName('Coffer')
  const stateDir = process.env['COFFER_STATE_DIR']
  if (stateDir !== undefined) app.setPath('userData', stateDir)
  if (!app.requestSingleInstanceLock()) {
    app.quit()
    return
  }
  registerScheme()
  const layout = findLayout(app.getAppPath(), process.resourcesPath)
  let engine: EngineProcess | null = null
  let window: BrowserWindow | null = null
  const handedOver = pathsIn(process.argv, { cwd: process.cwd(), appPath: app.getAppPath() })

  app.on('second-instance', (_event, argv, cwd) => {
    handedOver.push(...pathsIn(argv, { cwd, appPath: app.getAppPath() }))
    window = shown(window, layout)
    window.webContents.send('coffer:open-paths')
  })
  app.on('open-file', (event, path) => {
    event.preventDefault()
    handedOver.push(path)
    window?.webContents.send('coffer:open-paths')
  })
  app.on('activate', () => {
    if (app.isReady()) window = shown(window, layout)
  })
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit()
  })
  ipcMain.handle('coffer:take-open-paths', () => handedOver.splice(0))

  let isClosing = false
  app.on('will-quit', (event) => {
    if (!engine || isClosing) return
    event.preventDefault()
    isClosing = true
    void engine.close().finally(() => app.exit())
  })

  void app.whenReady().then(() => {
    denyLeaving()
    installMenu()
    handleDialogs()
    handleOriginals()
    handleDesktop()
    const userData = app.getPath('userData')
    engine = superviseEngine(layout, { stateDir: userData, vault: askedVault(), storeKey: storeKeyIn(userData) })
    handleScheme(engine, layout.rendererDir)
    window = shown(window, layout)
  })
}

/** `--vault=DIR` or COFFER_VAULT; without them the engine opens the last one. */
function askedVault(): string | null {
  return app.commandLine.getSwitchValue('vault') || process.env['COFFER_VAULT'] || null
}

function shown(window: BrowserWindow | null, layout: Layout): BrowserWindow {
  if (!window || window.isDestroyed()) return openWindow(layout)
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
  return window
}
