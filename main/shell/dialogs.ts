import { BrowserWindow, dialog, ipcMain, type IpcMainInvokeEvent, type OpenDialogOptions } from 'electron'
import { appOrigin } from './api-protocol.ts'

/** The pickers a window may open. Each answers with paths and nothing else. */
export function handleDialogs(): void {
  ipcMain.handle('coffer:pick-folder', (event) => pick(event, { properties: ['openDirectory', 'createDirectory'] }))
  ipcMain.handle('coffer:pick-import-folders', (event) =>
    pick(event, { properties: ['openDirectory', 'multiSelections'], buttonLabel: 'Choose' }),
  )
  ipcMain.handle('coffer:pick-import-files', (event) =>
    pick(event, { properties: ['openFile', 'multiSelections'], buttonLabel: 'Choose' }),
  )
}

async function pick(event: IpcMainInvokeEvent, options: OpenDialogOptions): Promise<readonly string[]> {
  const window = BrowserWindow.fromWebContents(event.sender)
  if (!window || !event.senderFrame?.url.startsWith(`${appOrigin}/`)) return []
  const { canceled, filePaths } = await dialog.showOpenDialog(window, options)
  return canceled ? [] : filePaths
}
