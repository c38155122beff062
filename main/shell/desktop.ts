import { BrowserWindow, ipcMain, nativeTheme, Notification, type IpcMainInvokeEvent } from 'electron'
import { appOrigin } from './api-protocol.ts'

const themes = ['system', 'light', 'dark'] as const

/** What the desktop shows of the window: its theme, how far its work is, and that work has ended. */
export function handleDesktop(): void {
  ipcMain.handle('coffer:set-theme', (event, theme: unknown) => {
    const known = themes.find((each) => each === theme)
    if (windowOf(event) && known) nativeTheme.themeSource = known
  })
  ipcMain.handle('coffer:set-progress', (event, share: unknown) => {
    // Anything below zero takes the bar away.
    windowOf(event)?.setProgressBar(typeof share === 'number' ? Math.min(Math.max(share, 0), 1) : -1)
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

function windowOf(event: IpcMainInvokeEvent): BrowserWindow | null {
  if (!event.senderFrame?.url.startsWith(`${appOrigin}/`)) return null
  return BrowserWindow.fromWebContents(event.sender)
}
