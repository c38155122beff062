import { BrowserWindow, ipcMain, nativeTheme, Notification, type IpcMainInvokeEvent } from 'electron'
import { appOrigin } from './api-protocol.ts'
import { readBackground, setBackground, type Background } from './background.ts'

const themes = ['system', 'light', 'dark'] as const

/**
 * What the desktop shows of the window: its theme, how far its work is, and that work has ended; and what Coffer does
 * while the window is closed.
 */
export function handleDesktop(onProgress: (words: string | null) => void): void {
  ipcMain.handle('coffer:set-theme', (event, theme: unknown) => {
    const known = themes.find((each) => each === theme)
    if (windowOf(event) && known) nativeTheme.themeSource = known
  })
  ipcMain.handle('coffer:set-progress', (event, share: unknown, words: unknown) => {
    const window = windowOf(event)
    if (!window) return
    // Anything below zero takes the bar away.
    window.setProgressBar(typeof share === 'number' ? Math.min(Math.max(share, 0), 1) : -1)
    onProgress(typeof words === 'string' ? words.slice(0, 200) : null)
  })
  ipcMain.handle('coffer:background', (event, change: unknown) => {
    if (!windowOf(event)) return null
    return change === undefined ? readBackground() : setBackground(knownChange(change))
  })
  ipcMain.handle('coffer:say-done', (event, title: unknown, body: unknown) => {
    const window = windowOf(event)
    if (!window || window.isFocused() || typeof title !== 'string' || typeof body !== 'string') return
    const notification = new Notification({ title, body })
    notification.on('click', () => {
      window.show()
      window.focus()
    })
    notification.show()
  })
}

function knownChange(change: unknown): Partial<Background> {
  const { startsAtLogin, staysWhenClosed } = Object(change) as Record<string, unknown>
  return {
    ...(typeof startsAtLogin === 'boolean' && { startsAtLogin }),
    ...(typeof staysWhenClosed === 'boolean' && { staysWhenClosed }),
  }
}

function windowOf(event: IpcMainInvokeEvent): BrowserWindow | null {
  if (!event.senderFrame?.url.startsWith(`${appOrigin}/`)) return null
  return BrowserWindow.fromWebContents(event.sender)
}
