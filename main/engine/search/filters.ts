import { folded, type MediaType } from '../../contract/index.ts'

/** What words of a query say of the kind of a photo, and the words that are left. */
export interface FiltersMeant {
  readonly type?: MediaType
  /** An expression its MIME type fits. */
  readonly format?: string
  /** The fewest and the most. */
  readonly stars?: readonly [number, number]
  readonly favourites?: true
  readonly words: readonly string[]
}

type Meaning = Omit<FiltersMeant, 'words'>

const kinds: Readonly<Record<string, Meaning>> = {
  'photo photos picture pictures image images foto fotos bild bilder': { type: 'photo' },
  'video videos film films movie movies filme': { type: 'video' },
  'audio recording recordings sound sounds aufnahme aufnahmen ton': { type: 'audio' },
  'document documents dokument dokumente': { type: 'document' },
  'favourite favourites favorite favorites favorit favoriten liebling lieblinge': { favourites: true },
  'jpg jpeg': { format: '^image/jpeg$' },
  'heic heif': { format: '^image/hei[cf]' },
  png: { format: '^image/png$' },
  gif: { format: '^image/gif$' },
  webp: { format: '^image/webp$' },
  avif: { format: '^image/avif$' },
  'tif tiff': { format: '^image/tiff$' },
  'psd photoshop': { format: 'photoshop' },
  pdf: { format: '^application/pdf$' },
  'raw raws rohdatei rohdateien': {
    format:
      '^image/x-(?:adobe-dng|3fr|arw|cr[23w]|dcr|dng|erf|fff|iiq|k25|kdc|mef|mos|mrw|n[er][fw]|orf|pef|raf|raw|rw[2l]|sr[2fw]|x3f|canon|nikon|sony|fuji|olympus|panasonic|pentax)',
  },
}
const byWord = new Map(
  Object.entries(kinds).flatMap(([words, meaning]) => words.split(' ').map((word) => [word, meaning])),
)
const stars = /^(?:stars?|sterne?n?)$/
const rated = /(?<=^|\s)(?:([★⭐]{1,5})(\+)?|([0-5])\s?([+*]|or more|oder mehr)?\s?(?:stars?|sterne?n?))(?=\s|$)/iu

/** Finds kinds of files, favourites and stars in the words of a query; null when it has none. */
export function filtersMeant(query: string): FiltersMeant | null {
  let meant: Meaning = {}
  const text = query.normalize('NFC').replaceAll('\uFE0F', '')
  const match = rated.exec(text)
  if (match) {
    const fewest = match[1] === undefined ? Number(match[3]) : Array.from(match[1]).length
    const isMore = match[2] !== undefined || (match[4] !== undefined && match[4] !== '*')
    meant = { stars: [fewest, isMore ? 5 : fewest] }
  }
  const words: string[] = []
  for (const word of (match ? text.replace(match[0], ' ') : text).split(/[\s"“”„,]+/)) {
    const one = byWord.get(folded(word))
    if (one && !Object.keys(one).some((key) => key in meant)) meant = { ...meant, ...one }
    else if (word !== '' && !(match && stars.test(word))) words.push(word)
  }
  return Object.keys(meant).length === 0 ? null : { ...meant, words }
}
