const junkNames = new Set([
  '.ds_store',
  '.localized',
  '.nomedia',
  '.picasa.ini',
  'picasa.ini',
  '.apdisk',
  '.volumeicon.icns',
  'thumbs.db',
  'ehthumbs.db',
  'ehthumbs_vista.db',
  'desktop.ini',
  'icon\r',
])
const junkFolders = new Set([
  '@eadir',
  '#recycle',
  '$recycle.bin',
  'system volume information',
  '.trashes',
  '.spotlight-v100',
  '.fseventsd',
  '.temporaryitems',
  '.thumbnails',
  '.git',
  '__macosx',
  'lost+found',
])
const junkPrefixes = ['._', '.trashed-', '.pending-', '.syncthing.', '~$']

/** Files that systems and other programs leave beside photos; passed over quietly, but counted. */
export function isJunkFile(name: string): boolean {
  const lower = name.toLowerCase()
  return junkNames.has(lower) || junkPrefixes.some((prefix) => lower.startsWith(prefix))
}

export function isJunkFolder(name: string): boolean {
  const lower = name.toLowerCase()
  return junkFolders.has(lower) || lower.startsWith('.trash-')
}
