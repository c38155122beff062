import { app, type BrowserWindow } from 'electron'
import { handleScheme, registerScheme } from './api-protocol.ts'
import { hiddenArgument, readBackground } from './background.ts'
import { handleDesktop } from './desktop.ts'
import { handleDialogs } from './dialogs.ts'
import { superviseEngine, type EngineProcess } from './engine-process.ts'
import { pathsIn, placeIn } from './handed-over.ts'
import { answer } from './ipc.ts'
import { findLayout } from './layout.ts'
import { installMenu, sendCommand } from './menu.ts'
import { cutNetwork, lookUpNothing } from './network.ts'
import { handleOriginals } from './open-original.ts'
import { override } from './overrides.ts'
import { tellOfPower } from './power.ts'
import { storeKeyIn } from './store-key.ts'
import { installTray, type TrayIcon } from './tray.ts'
import { denyLeaving, openWindow } from './windows.ts'

/** Starts the app, or hands what it was asked to open to the one that runs already. */
export function start(): void {
  app.setName('Coffer')
  const stateDir = override('COFFER_STATE_DIR')
  if (stateDir !== undefined) app.setPath('userData', stateDir)
  if (!app.requestSingleInstanceLock()) {
    app.quit()
    return
  }
  registerScheme()
  lookUpNothing()
  const layout = findLayout(app.getAppPath(), process.resourcesPath)
  let engine: EngineProcess | null = null
  let window: BrowserWindow | null = null
  /** Held here: an icon nobody holds disappears. */
  let tray: TrayIcon | null = null
  let isQuitting = false
  const isStartedUnseen = process.argv.includes(hiddenArgument)
  const handedOver = pathsIn(process.argv, { cwd: process.cwd(), appPath: app.getAppPath() })
  const places: string[] = []
  const handOverLinks = (links: readonly string[]): void => {
    places.push(...links.map(placeIn).filter((place) => place !== null))
    window?.webContents.send('coffer:open-places')
  }
  if (app.isPackaged) app.setAsDefaultProtocolClient('coffer')
  handOverLinks(process.argv)

  const open = (options: { readonly isHidden: boolean } = { isHidden: false }): BrowserWindow => {
    if (window && !window.isDestroyed()) {
      if (!options.isHidden) bringForward(window)
      return window
    }
    window = openWindow(layout, options)
    // What is watched goes on being watched; quitting is in the tray and in the menu.
    window.on('close', (event) => {
      const stays = isStartedUnseen || readBackground().staysWhenClosed
      if (isQuitting || process.platform === 'darwin' || !stays) return
      event.preventDefault()
      window?.hide()
    })
    return window
  }
  app.on('second-instance', (_event, argv, cwd) => {
    handedOver.push(...pathsIn(argv, { cwd, appPath: app.getAppPath() }))
    open().webContents.send('coffer:open-paths')
    handOverLinks(argv)
  })
  app.on('open-url', (event, link) => {
    event.preventDefault()
    if (app.isReady()) open()
    handOverLinks([link])
  })
  app.on('open-file', (event, path) => {
    event.preventDefault()
    handedOver.push(path)
    window?.webContents.send('coffer:open-paths')
  })
  app.on('activate', () => {
    if (app.isReady()) open()
  })
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit()
  })
  app.on('before-quit', () => {
    isQuitting = true
  })
  answer('coffer:take-open-paths', () => handedOver.splice(0))
  answer('coffer:take-open-places', () => places.splice(0))

  let isClosing = false
  app.on('will-quit', (event) => {
    if (!engine || isClosing) return
    event.preventDefault()
    isClosing = true
    void engine.close().finally(() => app.exit())
  })

  void app.whenReady().then(async () => {
    denyLeaving()
    await cutNetwork()
    installMenu()
    handleDialogs()
    handleOriginals()
    handleDesktop((progress) => tray?.tell(progress))
    const userData = app.getPath('userData')
    engine = superviseEngine(layout, { stateDir: userData, vault: askedVault(), storeKey: storeKeyIn(userData) })
    tellOfPower(engine)
    handleScheme(engine, layout.rendererDir)
    tray = installTray(layout.icon, {
      open: () => void open(),
      importFolders: () => sendCommand('import-folders', open()),
      quit: () => app.quit(),
    })
    open({ isHidden: isStartedUnseen })
  })
}

/** `--vault=DIR` or COFFER_VAULT; without them the engine opens the last one. */
function askedVault(): string | null {
  return app.commandLine.getSwitchValue('vault') || process.env['COFFER_VAULT'] || null
}

function bringForward(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}
