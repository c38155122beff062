import { damaged } from './damage.ts'

const mostEntries = 2_000_000
const mostBytes = 200e9
const mostNameLength = 4096

/** Counts an entry with the bytes it says it has. Throws when there are too many of either. */
export type Counter = (bytes: number) => void

export function counter(limits = { entries: mostEntries, bytes: mostBytes }): Counter {
  let entries = 0
  let bytes = 0
  return (more) => {
    entries += 1
    bytes += more
    if (entries > limits.entries)
      throw damaged('This archive holds more files than any export has. Ask the service for it again.')
    if (bytes > limits.bytes)
      throw damaged('This archive unpacks to more than 200 GB. Ask the service for it in smaller parts.')
  }
}

const bombBytes = 100e6
const bombRatio = 1000

/** Whether so much comes out of so little that it was made to fill a disk. */
export function isBomb(packed: number, unpacked: number): boolean {
  return unpacked >= bombBytes && unpacked > packed * bombRatio
}

/** A name inside of an archive as a path below its top, with `/`; null for one that leads elsewhere, or nowhere. */
export function safePath(name: string): string | null {
  if (name.length > mostNameLength || /[\\\0]/.test(name) || name.startsWith('/') || /^[A-Za-z]:/.test(name))
    return null
  const parts = name.split('/').filter((part) => part !== '' && part !== '.')
  return parts.length === 0 || parts.includes('..') ? null : parts.join('/')
}

/** What computers add to archives and folders by themselves. */
export function isRubbish(path: string): boolean {
  return path.startsWith('__MACOSX/') || /(?:^|\/)(?:\.DS_Store|Thumbs\.db|desktop\.ini|\._[^/]*)$/.test(path)
}

/** Folders that stand at the top of exports and that sources look for: they are kept although all lies below one of them. */
const meaningful: ReadonlySet<string> = new Set([
  'activities',
  'account_information',
  'assets',
  'content',
  'data',
  'media',
  'media_attachments',
  'messages',
  'personal_information',
  'photos_and_videos',
  'posts',
  'profile_information',
  'stories',
  'Takeout',
  'threads',
  'your_activity_across_facebook',
  'your_facebook_activity',
  'your_instagram_activity',
])

export function isMeaningful(folder: string): boolean {
  return meaningful.has(folder)
}
