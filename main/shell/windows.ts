import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { app, BrowserWindow, nativeTheme, screen, session, type Rectangle } from 'electron'
import { appOrigin } from './api-protocol.ts'
import type { Layout } from './layout.ts'

interface WindowState {
  readonly bounds: Rectangle
  readonly maximized: boolean
}

const smallest = { width: 720, height: 540 }
const defaultSize = { width: 1280, height: 860 }

/** Opens the one window, or has it ready unseen. Nothing in it can leave the app: no navigation, no further windows, no permissions. */
export function openWindow(layout: Layout, { isHidden }: { readonly isHidden: boolean }): BrowserWindow {
  const state = readState()
  const window = new BrowserWindow({
    ...(state ? state.bounds : defaultSize),
    minWidth: smallest.width,
    minHeight: smallest.height,
    show: false,
    title: 'Coffer',
    icon: layout.icon,
    backgroundColor: backgroundColor(),
    autoHideMenuBar: true,
    webPreferences: {
      preload: layout.preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      spellcheck: false,
    },
  })
  if (isHidden) {
    // Maximizing would show it.
    window.once('show', () => state?.maximized === true && window.maximize())
  } else {
    if (state?.maximized === true) window.maximize()
    window.once('ready-to-show', () => window.show())
  }
  window.on('close', () => writeState({ bounds: window.getNormalBounds(), maximized: window.isMaximized() }))
  const follow = (): void => window.setBackgroundColor(backgroundColor())
  nativeTheme.on('updated', follow)
  window.on('closed', () => nativeTheme.off('updated', follow))
  void window.loadURL(`${appOrigin}/index.html`)
  return window
}

/** Holds for every window there will ever be. */
export function denyLeaving(): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.setWindowOpenHandler(() => ({ action: 'deny' }))
    contents.on('will-navigate', (event, url) => {
      if (new URL(url).href.split('#')[0] !== `${appOrigin}/index.html`) event.preventDefault()
    })
    contents.on('will-attach-webview', (event) => event.preventDefault())
  })
  session.defaultSession.setPermissionRequestHandler((_contents, permission, answer) =>
    answer(permission === 'clipboard-sanitized-write'),
  )
  session.defaultSession.setPermissionCheckHandler(
    (_contents, permission) => permission === 'clipboard-sanitized-write',
  )
}

function backgroundColor(): string {
  return nativeTheme.shouldUseDarkColors ? '#141414' : '#FAFAF8'
}

function stateFile(): string {
  return join(app.getPath('userData'), 'window.json')
}

/** Where the window was, unless that place is on a screen which is gone. */
function readState(): WindowState | null {
  try {
    const state = JSON.parse(readFileSync(stateFile(), 'utf8')) as WindowState
    const { x, y, width, height } = state.bounds
    const area = screen.getDisplayMatching(state.bounds).workArea
    const isVisible =
      x < area.x + area.width - 80 && x + width > area.x + 80 && y >= area.y - 20 && y < area.y + area.height
    return isVisible && width > 0 && height > 0 ? state : null
  } catch {
    // None kept yet, or an unreadable one: the usual size is a fine answer.
    return null
  }
}

function writeState(state: WindowState): void {
  try {
    writeFileSync(stateFile(), JSON.stringify(state))
  } catch {
    // A window that opens elsewhere next time is no reason to hold up closing it.
  }
}
