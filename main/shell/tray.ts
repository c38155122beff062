import { Menu, nativeImage, Tray } from 'electron'
import { menuWords } from './menu-words.ts'

/** What the entries of the tray ask for. */
export interface TrayActions {
  readonly open: () => void
  readonly importFolders: () => void
  readonly quit: () => void
}

export interface TrayIcon {
  /** What is under way, in words; null when nothing is. */
  tell(progress: string | null): void
}

/** A menu that is open closes when it is made again, so that is not done with every file of an import. */
const calmMs = 2000
/** macOS gives the menu bar 22 points; the others scale what they get. */
const iconPixels = process.platform === 'darwin' ? 18 : 32

/**
 * The icon in the tray, with what is under way, the ways to the window and to an import, and the way out. It must be
 * held on to: an icon that is collected as garbage disappears. A desktop without a tray shows nothing.
 */
export function installTray(icon: string, actions: TrayActions): TrayIcon {
  const words = menuWords()
  const tray = new Tray(nativeImage.createFromPath(icon).resize({ width: iconPixels, height: iconPixels }))
  let progress: string | null = null
  let isDue = false
  const show = (): void => {
    isDue = false
    tray.setToolTip(progress === null ? 'Coffer' : `Coffer · ${progress}`)
    tray.setContextMenu(
      Menu.buildFromTemplate([
        { label: progress ?? words.idle, enabled: false },
        { type: 'separator' },
        { label: words.openWindow, click: actions.open },
        { label: words.importFolders, click: actions.importFolders },
        { type: 'separator' },
        { label: words.quit, click: actions.quit },
      ]),
    )
  }
  tray.on('click', actions.open)
  show()
  return {
    tell(words) {
      if (words === progress) return
      progress = words
      if (isDue) return
      isDue = true
      setTimeout(show, calmMs)
    },
  }
}
