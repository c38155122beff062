import { BrowserWindow, ipcMain } from 'electron'
import { appOrigin } from './api-protocol.ts'

/**
 * Answers what the window asks over a channel. Only the top frame of a window of ours, showing our own page, is
 * answered; anything else is refused. The one place that listens to other processes.
 */
export function answer(channel: string, work: (window: BrowserWindow, ...given: readonly unknown[]) => unknown): void {
  ipcMain.handle(channel, (event, ...given: unknown[]) => {
    const window = BrowserWindow.fromWebContents(event.sender)
    const isTop = event.senderFrame === event.sender.mainFrame
    if (!window || !isTop || !event.senderFrame.url.startsWith(`${appOrigin}/`)) {
      throw new Error('Only the window of Coffer may ask this.')
    }
    return work(window, ...given)
  })
}
