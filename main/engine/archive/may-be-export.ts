import { readdir } from 'node:fs/promises'
import { join } from 'node:path'

/** What lies at the top of an export of a service, in every language. */
const marks =
  /^(?:(?:outbox|actor|account_profile|photo_\d{1,20})\.json|activities\.csv|(?:account|tweets?|manifest)\.js|your_(?:instagram|facebook)_activity|(?:personal|account|profile)_information|.*\.car)$/i

/**
 * Whether a folder may be an export: looks at its top alone, and below a folder that holds everything. One of a hundred thousand photos is not gone
 * through to find that it is none.
 */
export async function mayBeExport(folder: string): Promise<boolean> {
  const entries = await readdir(folder, { withFileTypes: true })
  if (entries.some(({ name }) => marks.test(name))) return true
  const folders = entries.filter(
    (entry) => entry.isDirectory() && (entry.name === 'data' || isAlone(entries, entry.name)),
  )
  for (const { name } of folders) {
    const below = await readdir(join(folder, name))
    if (below.some((each) => marks.test(each))) return true
    // An archive of an archive: `export/data/tweets.js`.
    if (
      below.includes('data') &&
      (await readdir(join(folder, name, 'data')).catch(() => [])).some((each) => marks.test(each))
    ) {
      return true
    }
  }
  return false
}

/** System files do not count. */
function isAlone(entries: readonly { readonly name: string }[], name: string): boolean {
  return entries.every((entry) => entry.name === name || entry.name.startsWith('.') || entry.name === '__MACOSX')
}
