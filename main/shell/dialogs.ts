import { existsSync } from 'node:fs'
import { isAbsolute } from 'node:path'
import { dialog, shell, type BrowserWindow, type OpenDialogOptions } from 'electron'
import { answer } from './ipc.ts'
import { menuWords } from './menu-words.ts'

/** The pickers a window may open, each answering with paths and nothing else, and the way to a file it names. */
export function handleDialogs(): void {
  answer('coffer:pick-folder', (window) => pick(window, { properties: ['openDirectory', 'createDirectory'] }))
  answer('coffer:pick-import-folders', (window) =>
    pick(window, { properties: ['openDirectory', 'multiSelections'], buttonLabel: menuWords().choose }),
  )
  answer('coffer:pick-import-files', (window) =>
    pick(window, { properties: ['openFile', 'multiSelections'], buttonLabel: menuWords().choose }),
  )
  answer('coffer:show-in-folder', (_window, path) => {
    if (typeof path !== 'string' || !isAbsolute(path) || !existsSync(path)) return false
    shell.showItemInFolder(path)
    return true
  })
}

async function pick(window: BrowserWindow, options: OpenDialogOptions): Promise<readonly string[]> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, options)
  return canceled ? [] : filePaths
}
