import { basename, extname } from 'node:path'
import { withoutEnd } from '../base/trim.ts'
import { isJunkFile } from '../files/index.ts'
import { takeoutSuffix, xmpSuffix } from './format.ts'
import type { Item } from './gather.ts'

/** With the longest sidecar's ending and a number it stays below the 255 bytes that file systems allow. */
const maxNameBytes = 180
const reserved = /^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)/i
/** Lightroom looks for `a.xmp` beside these; programs for everything else look for `a.jpg.xmp`. */
const rawExtensions = new Set(
  '.3fr .arw .cr2 .cr3 .crw .dcr .dng .erf .kdc .mef .mos .mrw .nef .nrw .orf .pef .raf .raw .rw2 .sr2 .srf .srw .x3f'.split(
    ' ',
  ),
)

export function isRawName(name: string): boolean {
  return rawExtensions.has(extname(name).toLowerCase())
}

/**
 * A name that every system can hold and no program takes for something else: no characters or names that Windows
 * refuses, none that hides its true order, not so long that a sidecar's name would not fit, none that an import passes over.
 * `extension` (with its dot) is what the content is, for names that end like a sidecar.
 */
export function safeName(filename: string, extension: string): string {
  let name = filename
    .toWellFormed()
    .normalize('NFC')
    .replaceAll(/[<>:"/\\|?*\p{Cc}]/gu, '_')
    .replaceAll(/[\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/g, '')
  name = withoutEnd(name, '. ').padEnd(name.length, '_')
  if (name === '') name = `file${extension}`
  if (/\.(xmp|aae|json|part)$/i.test(name)) name += extension
  if (reserved.test(name) || isJunkFile(name)) name = `_${name}`
  return shortened(name)
}

function shortened(name: string): string {
  if (Buffer.byteLength(name) <= maxNameBytes) return name
  const ending = extname(name).length <= 16 ? extname(name) : ''
  const room = maxNameBytes - Buffer.byteLength(ending)
  let stem = ''
  let bytes = 0
  for (const { segment } of new Intl.Segmenter().segment(basename(name, ending))) {
    bytes += Buffer.byteLength(segment)
    if (bytes > room) break
    stem += segment
  }
  return `${withoutEnd(stem, '. ')}${ending}`
}

/** `originals/2024/06`, by the wall clock; `originals/1993` of a year alone, `originals/undated` without a date. */
export function folderOf({ takenLocal, takenPrecision }: Pick<Item, 'takenLocal' | 'takenPrecision'>): string {
  if (takenLocal !== null && takenPrecision === 'year') return `originals/${takenLocal.slice(0, 4)}`
  const [, year, month] = /^(\d{4})-(\d\d)-/.exec(takenLocal ?? '') ?? []
  return year === undefined || month === undefined ? 'originals/undated' : `originals/${year}/${month}`
}

/** The sidecars that go with an original, by their paths. */
export function sidecarsOf(path: string): { readonly xmp: readonly string[]; readonly takeout: string } {
  const stem = path.slice(0, path.length - extname(path).length)
  return {
    xmp: [path + xmpSuffix, ...(isRawName(path) ? [stem + xmpSuffix] : [])],
    takeout: path + takeoutSuffix,
  }
}

/** Names that are taken, whatever their case or Unicode form: one folder may hold them all on every system. */
export interface TakenNames {
  /** Takes exactly this path, with its sidecars; whether or not it was free. */
  take(path: string): void
  /** The first free path of `name`, `name (2)`, … in a folder, which is then taken. */
  free(folder: string, name: string, isOccupied: (path: string) => boolean): string
}

export function takenNames(): TakenNames {
  const taken = new Set<string>()
  const keysOf = (path: string): string[] => {
    const { xmp, takeout } = sidecarsOf(path)
    return [path, ...xmp, takeout].map((each) => each.normalize('NFC').toLowerCase())
  }
  /** Where counting went on last, so that a thousand pictures of one name are not a million looks. */
  const counts = new Map<string, number>()
  return {
    take(path) {
      for (const key of keysOf(path)) taken.add(key)
    },
    free(folder, name, isOccupied) {
      const ending = extname(name)
      const stem = basename(name, ending)
      const first = `${folder}/${name}`.toLowerCase()
      for (let number = counts.get(first) ?? 1; ; number += 1) {
        const path = `${folder}/${number === 1 ? name : `${stem} (${number})${ending}`}`
        const keys = keysOf(path)
        if (keys.some((key) => taken.has(key)) || isOccupied(path)) continue
        for (const key of keys) taken.add(key)
        counts.set(first, number)
        return path
      }
    },
  }
}
