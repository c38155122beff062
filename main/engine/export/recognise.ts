import { access } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { CofferError } from '../base/errors.ts'
import type { FolderReader, KnownFolder } from '../library/intake/index.ts'
import { bringBack, type BringBackContext } from './bring-back.ts'
import { fileLineSchema, formatVersion, manifestName, ownNames } from './format.ts'
import { readLines } from './lines.ts'
import { sidecarsOf } from './names.ts'
import { readManifest } from './target.ts'

/** Lets imports know an export of Coffer, whole or in part, and bring back what it tells. */
export function exportFolders(context: BringBackContext): FolderReader {
  return {
    async recognise(folder) {
      if (!(await exists(join(folder, manifestName)))) return null
      const manifest = await readManifest(folder)
      // A manifest that was damaged makes what lies beside it no less an export.
      if (!manifest && !(await exists(join(folder, 'data', 'files.jsonl')))) return null
      if (manifest && manifest.format > formatVersion) {
        throw new CofferError('This export was made by a newer Coffer. Update Coffer to import it.', {
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
  const own = new Set<string>(ownNames)
  return {
    path: folder,
    isItem(given) {
      const path = given.normalize('NFC')
      if (originals.has(path)) return true
      const [top = ''] = path.split('/')
      return !own.has(top) && !sidecars.has(path) && !/^\..*\.part$/.test(basename(path))
    },
    finish: (run, signal) => bringBack(context, folder, run, signal),
  }
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
