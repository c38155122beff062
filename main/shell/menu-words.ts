import { app } from 'electron'

const en = {
  about: 'About Coffer',
  settings: 'Settings…',
  hide: 'Hide Coffer',
  hideOthers: 'Hide Others',
  unhide: 'Show All',
  quit: 'Quit',
  file: 'File',
  importFolders: 'Import Folders…',
  importFiles: 'Import Files…',
  lock: 'Lock',
  close: 'Close Window',
  edit: 'Edit',
  undo: 'Undo',
  redo: 'Redo',
  cut: 'Cut',
  copy: 'Copy',
  paste: 'Paste',
  selectAll: 'Select All',
  view: 'View',
  resetZoom: 'Actual Size',
  zoomIn: 'Zoom In',
  zoomOut: 'Zoom Out',
  fullScreen: 'Full Screen',
  devTools: 'Developer Tools',
  window: 'Window',
  minimize: 'Minimise',
  zoom: 'Zoom',
  help: 'Help',
  keys: 'Keyboard Shortcuts',
  choose: 'Choose',
} as const

type Words = Readonly<Record<keyof typeof en, string>>

const de: Words = {
  about: 'Über Coffer',
  settings: 'Einstellungen …',
  hide: 'Coffer ausblenden',
  hideOthers: 'Andere ausblenden',
  unhide: 'Alle einblenden',
  quit: 'Beenden',
  file: 'Datei',
  importFolders: 'Ordner importieren …',
  importFiles: 'Dateien importieren …',
  lock: 'Sperren',
  close: 'Fenster schließen',
  edit: 'Bearbeiten',
  undo: 'Rückgängig',
  redo: 'Wiederholen',
  cut: 'Ausschneiden',
  copy: 'Kopieren',
  paste: 'Einsetzen',
  selectAll: 'Alles auswählen',
  view: 'Darstellung',
  resetZoom: 'Originalgröße',
  zoomIn: 'Vergrößern',
  zoomOut: 'Verkleinern',
  fullScreen: 'Vollbild',
  devTools: 'Entwicklerwerkzeuge',
  window: 'Fenster',
  minimize: 'Minimieren',
  zoom: 'Zoomen',
  help: 'Hilfe',
  keys: 'Tastenkürzel',
  choose: 'Auswählen',
}

/** What the shell itself says, in the language of the window. Ask once the app is ready. */
export function menuWords(): Words {
  return app.getLocale().toLowerCase().startsWith('de') ? de : en
}
