import { app, BrowserWindow, Menu, type MenuItemConstructorOptions } from 'electron'
import { menuWords } from './menu-words.ts'

/** What a menu entry asks the window to do. */
type Command = 'import-folders' | 'import-files' | 'lock' | 'settings' | 'keys' | 'undo' | 'redo'

/** The standard menus, so that copy, paste, zoom and quit are where each system has them, and the ways in. */
export function installMenu(): void {
  const isMac = process.platform === 'darwin'
  const words = menuWords()
  const settings: MenuItemConstructorOptions = {
    label: words.settings,
    accelerator: 'CmdOrCtrl+,',
    click: () => send('settings'),
  }
  const quit: MenuItemConstructorOptions = { role: 'quit', label: words.quit }
  const line: MenuItemConstructorOptions = { type: 'separator' }
  const template: MenuItemConstructorOptions[] = [
    ...(isMac
      ? [
          {
            label: app.name,
            submenu: [
              { role: 'about', label: words.about },
              line,
              settings,
              line,
              { role: 'hide', label: words.hide },
              { role: 'hideOthers', label: words.hideOthers },
              { role: 'unhide', label: words.unhide },
              line,
              quit,
            ],
          } satisfies MenuItemConstructorOptions,
        ]
      : []),
    {
      label: words.file,
      submenu: [
        { label: words.importFolders, accelerator: 'CmdOrCtrl+O', click: () => send('import-folders') },
        { label: words.importFiles, accelerator: 'CmdOrCtrl+Shift+O', click: () => send('import-files') },
        line,
        { label: words.lock, accelerator: 'CmdOrCtrl+L', click: () => send('lock') },
        line,
        ...(isMac ? [{ role: 'close', label: words.close } as const] : [settings, line, quit]),
      ],
    },
    {
      label: words.edit,
      submenu: [
        { label: words.undo, accelerator: 'CmdOrCtrl+Z', click: () => send('undo') },
        { label: words.redo, accelerator: 'CmdOrCtrl+Shift+Z', click: () => send('redo') },
        line,
        { role: 'cut', label: words.cut },
        { role: 'copy', label: words.copy },
        { role: 'paste', label: words.paste },
        { role: 'selectAll', label: words.selectAll },
      ],
    },
    {
      label: words.view,
      submenu: [
        { role: 'resetZoom', label: words.resetZoom },
        { role: 'zoomIn', label: words.zoomIn },
        { role: 'zoomOut', label: words.zoomOut },
        line,
        { role: 'togglefullscreen', label: words.fullScreen },
        ...(app.isPackaged ? [] : [line, { role: 'toggleDevTools', label: words.devTools } as const]),
      ],
    },
    {
      role: 'window',
      label: words.window,
      submenu: [
        { role: 'minimize', label: words.minimize },
        isMac ? { role: 'zoom', label: words.zoom } : { role: 'close', label: words.close },
      ],
    },
    {
      role: 'help',
      label: words.help,
      submenu: [{ label: words.keys, accelerator: 'F1', click: () => send('keys') }],
    },
  ]
  Menu.setApplicationMenu(Menu.buildFromTemplate(template))
}

function send(command: Command): void {
  const window = BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0]
  if (window) sendCommand(command, window)
}

/** Asks a window to do what was chosen outside of it. */
export function sendCommand(command: Command, window: BrowserWindow): void {
  window.webContents.send('coffer:command', command)
}
