import { existsSync } from 'node:fs'
import { isAbsolute } from 'node:path'
import { BrowserWindow, dialog, ipcMain, shell, type IpcMainInvokeEvent, type OpenDialogOptions } from 'electron'
import { appOrigin } from './api-protocol.ts'
import { menuWords } from './menu-words.ts'

/** The pickers a window may open, each answering with paths and nothing else, and the way to a file it names. */
export function handleDialogs(): void {
  ipcMain.handle('coffer:pick-folder', (event) => pick(event, { properties: ['openDirectory', 'createDirectory'] }))
  ipcMain.handle('coffer:pick-import-folders', (event) =>
    pick(event, { properties: ['openDirectory', 'multiSelections'], buttonLabel: menuWords().choose }),
  )
  ipcMain.handle('coffer:pick-import-files', (event) =>
    pick(event, { properties: ['openFile', 'multiSelections'], buttonLabel: menuWords().choose }),
  )
  ipcMain.handle('coffer:show-in-folder', (event, path: unknown) => {
    if (!isOurs(event) || typeof path !== 'string' || !isAbsolute(path) || !existsSync(path)) return false
    shell.showItemInFolder(path)
    return true
  })
}

function isOurs(event: IpcMainInvokeEvent): boolean {
  return event.senderFrame?.url.startsWith(`${appOrigin}/`) ?? false
}

async function pick(event: IpcMainInvokeEvent, options: OpenDialogOptions): Promise<readonly string[]> {
  const window = BrowserWindow.fromWebContents(event.sender)
  if (!window || !isOurs(event)) return []
  const { canceled, filePaths } = await dialog.showOpenDialog(window, options)
  return canceled ? [] : filePaths
}
