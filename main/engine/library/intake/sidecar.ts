import { readdir, stat } from 'node:fs/promises'
import { basename, dirname, extname, join } from 'node:path'
import { isSidecarName } from './scan.ts'

const rawExtensions = new Set(
  '.3fr .arw .cr2 .cr3 .crw .dcr .dng .erf .kdc .mef .mos .mrw .nef .nrw .orf .pef .raf .raw .rw2 .sr2 .srf .srw .x3f'.split(
    ' ',
  ),
)

/**
 * The XMP file that belongs to a photo: `a.jpg.xmp` (digiKam, darktable) before `a.xmp` (Adobe). When `a.cr2` and
 * `a.jpg` share one `a.xmp`, it belongs to the RAW file.
 */
export async function sidecarOf(path: string): Promise<string | null> {
  for (const suffix of ['.xmp', '.XMP']) if (await isFile(path + suffix)) return path + suffix
  const stem = path.slice(0, path.length - extname(path).length)
  for (const suffix of ['.xmp', '.XMP']) {
    if (!(await isFile(stem + suffix))) continue
    if (rawExtensions.has(extname(path).toLowerCase())) return stem + suffix
    const beside = await readdir(dirname(path)).catch(() => [])
    const hasRaw = beside.some(
      (name) => join(dirname(path), name).startsWith(`${stem}.`) && rawExtensions.has(extname(name).toLowerCase()),
    )
    return hasRaw ? null : stem + suffix
  }
  return null
}

/** The photo a sidecar file speaks of, if one lies beside it. */
export async function photoOfSidecar(path: string): Promise<string | null> {
  const stem = path.slice(0, path.length - extname(path).length)
  if (extname(stem) !== '' && (await isFile(stem))) return stem
  const beside = await readdir(dirname(path)).catch(() => [])
  const own = basename(stem)
  const photo = beside.find(
    (name) => name.slice(0, name.length - extname(name).length) === own && extname(name) !== '' && !isSidecarName(name),
  )
  return photo === undefined ? null : join(dirname(path), photo)
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (facts) => facts.isFile(),
    () => false,
  )
}
