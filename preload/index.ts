import { contextBridge, ipcRenderer } from 'electron'
import type { CofferDesktop, DesktopBackground, DesktopCommand } from './api.ts'
import { pathOfFile } from './file-path.ts'

const desktop: CofferDesktop = {
  platform: process.platform,
  version: process.versions['electron'] ?? '',
  home: (process.platform === 'win32' ? null : process.env['HOME']) ?? null,
  pathsOfFiles: (files) => files.map(pathOfFile).filter((path) => path !== ''),
  pickFolder: async () => ((await ipcRenderer.invoke('coffer:pick-folder')) as string[])[0] ?? null,
  pickImport: (kind) => ipcRenderer.invoke(`coffer:pick-import-${kind}`) as Promise<string[]>,
  showInFolder: (path) => ipcRenderer.invoke('coffer:show-in-folder', path) as Promise<boolean>,
  openOriginal: (id) => ipcRenderer.invoke('coffer:open-original', id) as Promise<boolean>,
  openLink: (url) => ipcRenderer.invoke('coffer:open-link', url) as Promise<boolean>,
  setTheme: (theme) => ipcRenderer.invoke('coffer:set-theme', theme) as Promise<void>,
  setProgress: (share, words) => ipcRenderer.invoke('coffer:set-progress', share, words) as Promise<void>,
  background: (change) => ipcRenderer.invoke('coffer:background', change) as Promise<DesktopBackground>,
  sayDone: (title, body) => ipcRenderer.invoke('coffer:say-done', title, body) as Promise<void>,
  onCommand(receive) {
    const listen = (_event: unknown, command: DesktopCommand): void => receive(command)
    ipcRenderer.on('coffer:command', listen)
    return () => ipcRenderer.off('coffer:command', listen)
  },
  onOpenPaths: (receive) => handedOver('paths', receive),
  onOpenPlaces: (receive) => handedOver('places', receive),
}

/** What the app was asked to open before this window was ready waits in the shell until it is taken. */
function handedOver(what: 'paths' | 'places', receive: (all: readonly string[]) => void): () => void {
  const take = async (): Promise<void> => {
    const all = (await ipcRenderer.invoke(`coffer:take-open-${what}`)) as string[]
    if (all.length > 0) receive(all)
  }
  const listen = (): void => void take()
  ipcRenderer.on(`coffer:open-${what}`, listen)
  listen()
  return () => ipcRenderer.off(`coffer:open-${what}`, listen)
}

contextBridge.exposeInMainWorld('coffer', desktop)
