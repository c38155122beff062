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
  setTheme: (theme) => ipcRenderer.invoke('coffer:set-theme', theme) as Promise<void>,
  setProgress: (share, words) => ipcRenderer.invoke('coffer:set-progress', share, words) as Promise<void>,
  background: (change) => ipcRenderer.invoke('coffer:background', change) as Promise<DesktopBackground>,
  sayDone: (title, body) => ipcRenderer.invoke('coffer:say-done', title, body) as Promise<void>,
  onCommand(receive) {
    const listen = (_event: unknown, command: DesktopCommand): void => receive(command)
    ipcRenderer.on('coffer:command', listen)
    return () => ipcRenderer.off('coffer:command', listen)
  },
  onOpenPaths(receive) {
    const take = async (): Promise<void> => {
      const paths = (await ipcRenderer.invoke('coffer:take-open-paths')) as string[]
      if (paths.length > 0) receive(paths)
    }
    const listen = (): void => void take()
    ipcRenderer.on('coffer:open-paths', listen)
    listen()
    return () => ipcRenderer.off('coffer:open-paths', listen)
  },
}

contextBridge.exposeInMainWorld('coffer', desktop)
