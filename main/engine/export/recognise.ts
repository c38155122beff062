import { access } from 'node:fs/promises'
import { basename, join, sep } from 'node:path'
import { CofferError } from '../base/errors.ts'
import { openInside } from '../base/inside.ts'
import type { FolderReader, KnownFolder } from '../intake/index.ts'
import { bringBack } from './bring-back.ts'
import type { BringBackContext } from './brought.ts'
import { fileLineSchema, formatVersion, manifestName, mediaLineSchema, ownNames, sidecarLineSchema } from './format.ts'
import { readLines } from './lines.ts'
import { sidecarsOf } from './names.ts'
import { readManifest } from './target.ts'
import { isOwnXmp } from './xmp.ts'

/** Lets imports know an export of Coffer, whole or in part, and bring back what it tells. */
export function exportFolders(context: BringBackContext): FolderReader {
  return {
    async recognise(folder) {
      if (!(await exists(join(folder, manifestName)))) return null
      const manifest = await readManifest(folder)
      // A manifest that was damaged makes what lies beside it no less an export.
      if (!manifest && !(await exists(join(folder, 'data', 'files.jsonl')))) return null
      if (manifest && manifest.format > formatVersion) {
        throw new CofferError('This export was made by a newer version of Coffer. Update Coffer to import it.', {
          code: 'vault-newer',
        })
      }
      return knownExport(context, folder)
    },
  }
}

async function knownExport(context: BringBackContext, folder: string): Promise<KnownFolder> {
  const originals = new Set<string>()
  const sidecars = new Set<string>()
  for await (const { path } of readLines(folder, 'data/files.jsonl', fileLineSchema)) {
    originals.add(path.normalize('NFC'))
    const { xmp, takeout } = sidecarsOf(path)
    for (const each of [...xmp, takeout]) sidecars.add(each.normalize('NFC'))
  }
  for await (const { path } of readLines(folder, 'data/sidecars.jsonl', sidecarLineSchema)) {
    originals.add(path.normalize('NFC'))
  }
  const own = new Set<string>(ownNames)
  let described: Promise<ReadonlySet<string>> | undefined
  return {
    path: folder,
    isItem(given) {
      const path = given.normalize('NFC')
      if (originals.has(path)) return true
      const [top = ''] = path.split('/')
      return !own.has(top) && !sidecars.has(path) && !/^\..*\.part$/.test(basename(path))
    },
    async sidecar(given, photo) {
      if (!sidecars.has(given.normalize('NFC'))) return 'keep'
      const text = await textOf(folder, given.split(sep).join('/'))
      // Another program has changed it since: that is somebody's work.
      if (text !== null && !isOwnXmp(text)) return 'keep'
      described ??= pathsDescribed(folder)
      return (await described).has(photo.split(sep).join('/').normalize('NFC')) ? 'skip' : 'read'
    },
    finish: (run, signal) => bringBack(context, folder, run, signal),
  }
}

/** Originals of which everything comes back; a line that was damaged says nothing. */
async function pathsDescribed(folder: string): Promise<ReadonlySet<string>> {
  const paths = new Set<string>()
  for await (const { path } of readLines(folder, 'data/media.jsonl', mediaLineSchema)) {
    paths.add(path.normalize('NFC'))
  }
  return paths
}

/** The text of a packet: null when it cannot be read, empty when it is longer than any of Coffer's own. */
async function textOf(folder: string, path: string): Promise<string | null> {
  try {
    await using file = await openInside(folder, path)
    return (await file.stat()).size > longestPacket ? '' : await file.readFile('utf8')
  } catch {
    return null
  }
}
const longestPacket = 16 * 2 ** 20

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
