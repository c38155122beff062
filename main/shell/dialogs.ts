import { existsSync } from 'node:fs'
import { isAbsolute } from 'node:path'
import { dialog, shell, type BrowserWindow, type OpenDialogOptions } from 'electron'
import { answer } from './ipc.ts'
import { menuWords } from './menu-words.ts'

/** The pickers a window may open, each answering with paths and nothing else, and the ways to a file it names and to a web address. */
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
  answer('coffer:open-link', async (_window, url) => {
    const address = typeof url === 'string' ? webAddress(url) : null
    if (address === null) return false
    return await shell.openExternal(address).then(
      () => true,
      () => false,
    )
  })
}

/** A web address as it is opened; null for any other, which could start a program. */
function webAddress(text: string): string | null {
  try {
    const { protocol, href } = new URL(text)
    return protocol === 'https:' || protocol === 'http:' ? href : null
  } catch {
    return null
  }
}

async function pick(window: BrowserWindow, options: OpenDialogOptions): Promise<readonly string[]> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, options)
  return canceled ? [] : filePaths
}
