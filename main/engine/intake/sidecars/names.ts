import { basename, extname } from 'node:path'

/** XMP of photo programs, Apple's edits, and the small pictures cameras put beside films. */
export type SidecarKind = 'xmp' | 'aae' | 'thm'

const kinds: Readonly<Record<string, SidecarKind>> = { '.xmp': 'xmp', '.aae': 'aae', '.thm': 'thm' }

/** What kind of sidecar a file is by its name; null for every other file. Sidecars are no items of the timeline. */
export function sidecarKind(path: string): SidecarKind | null {
  return kinds[extname(path).toLowerCase()] ?? null
}

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '))
const raws = words(
  '.3fr .arw .cr2 .cr3 .crw .dcr .dng .erf .kdc .mef .mos .mrw .nef .nrw .orf .pef .raf .raw .rw2 .sr2 .srf .srw .x3f',
)
const films = words('.3g2 .3gp .avi .m2ts .m4v .mkv .mov .mp4 .mpeg .mpg .mts .webm .wmv')
const others = words('.aac .flac .m4a .mp3 .ogg .opus .pdf .wav .txt .json .html')

/** Which of several files of one name a sidecar belongs to: the first of these that is there. */
function rankOf(kind: SidecarKind, path: string): number {
  const extension = extname(path).toLowerCase()
  const [isRaw, isFilm] = [raws.has(extension), films.has(extension)]
  if (others.has(extension)) return 3
  if (kind === 'thm') return isFilm ? 0 : isRaw ? 1 : 2
  return isRaw ? 0 : isFilm ? 2 : 1
}

/**
 * The one file a sidecar speaks of, among the names beside it: `a.jpg.xmp` (digiKam, darktable) is `a.jpg`'s; of `a.cr2` and
 * `a.jpg` a shared `a.xmp` (Adobe) is the RAW file's. Undefined when its photo is not there.
 */
export function ownerAmong(sidecar: string, kind: SidecarKind, beside: readonly string[]): string | undefined {
  const stem = withoutExtension(basename(sidecar))
  if (extname(stem) !== '' && beside.includes(stem)) return stem
  return beside
    .filter((name) => extname(name) !== '' && withoutExtension(name) === stem && sidecarKind(name) === null)
    .toSorted((left, right) => rankOf(kind, left) - rankOf(kind, right) || (left < right ? -1 : 1))[0]
}

/** The XMP sidecar to read with a photo, among the names beside it: `a.jpg.xmp` before `a.xmp`. */
export function xmpAmong(photo: string, beside: readonly string[]): string | undefined {
  const name = basename(photo)
  const starts = [name, withoutExtension(name)]
  const near = beside.filter((each) => sidecarKind(each) === 'xmp' && starts.includes(withoutExtension(each)))
  return near
    .filter((each) => ownerAmong(each, 'xmp', beside) === name)
    .toSorted((left, right) => right.length - left.length || (left < right ? -1 : 1))[0]
}

/** A name or path without its last extension. */
export function withoutExtension(path: string): string {
  return path.slice(0, path.length - extname(path).length)
}
