export type DesktopCommand = 'import-folders' | 'import-files' | 'lock' | 'settings' | 'keys' | 'undo' | 'redo'

export interface DesktopBackground {
  readonly startsAtLogin: boolean
  readonly staysWhenClosed: boolean
}

/** What the window may ask of the desktop. In a browser there is no `window.coffer` and everything else still works. */
export interface CofferDesktop {
  readonly platform: string
  readonly version: string
  /** The home folder where paths are written with `~` for it; null on Windows. */
  readonly home: string | null
  /** The paths of files that were dropped; folders count as files. */
  pathsOfFiles(files: readonly File[]): readonly string[]
  /** One folder, or null when the person changed their mind. */
  pickFolder(): Promise<string | null>
  pickImport(kind: 'folders' | 'files'): Promise<readonly string[]>
  /** Shows a file in the system's own file manager; false when it is not there. */
  showInFolder(path: string): Promise<boolean>
  /** Opens a copy of an original in the program the system has for it; false when nothing does. */
  openOriginal(id: string): Promise<boolean>
  /** Opens a web address in the system's own browser; false when it is none, or nothing opens it. */
  openLink(url: string): Promise<boolean>
  setTheme(theme: 'system' | 'light' | 'dark'): Promise<void>
  /** How far long work is, from 0 to 1 on the taskbar and in words in the tray; null takes it away. */
  setProgress(share: number | null, words: string | null): Promise<void>
  /** What Coffer does while its window is closed; with a change, what it does from now on. */
  background(change?: Partial<DesktopBackground>): Promise<DesktopBackground>
  /** Tells the person that long work has ended, unless they are looking at the window. */
  sayDone(title: string, body: string): Promise<void>
  /** Calls back with what the menu asks for; returns the way to stop. */
  onCommand(receive: (command: DesktopCommand) => void): () => void
  /** Calls back with files and folders the app was asked to open; returns the way to stop. */
  onOpenPaths(receive: (paths: readonly string[]) => void): () => void
  /** The same with places in the window that a link asked for, such as `albums/ID`. */
  onOpenPlaces(receive: (places: readonly string[]) => void): () => void
}
