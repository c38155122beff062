/** Endings that programs show or play; nothing that runs is among them. By the first part of the MIME type. */
const endings: Readonly<Record<string, string>> = {
  image:
    'jpg jpeg jpe jfif png apng gif webp avif heic heif hif jxl tif tiff bmp ico tga ppm pgm pbm pnm pcx jp2 j2k psd psb exr hdr svg eps ai ' +
    'dng cr2 cr3 crw nef nrw arw sr2 srf raf orf rw2 pef srw x3f mrw 3fr iiq erf kdc dcr mef mos rwl gpr',
  video: 'mp4 m4v mov qt mkv webm avi mpg mpeg m2v m2ts mts ts 3gp 3g2 wmv asf flv ogv insv lrv',
  audio: 'mp3 m4a aac flac wav aif aiff ogg oga opus wma amr caf',
  application: 'pdf docx xlsx pptx doc xls ppt odt ods odp rtf epub',
  text: 'txt md csv vcf ics xmp',
}

/** What a type is called where its own name says nothing usable. */
const usualEnding: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'image/tiff': 'tif',
  'image/svg+xml': 'svg',
  'image/vnd.adobe.photoshop': 'psd',
  'image/x-icon': 'ico',
  'video/quicktime': 'mov',
  'video/x-matroska': 'mkv',
  'video/mpeg': 'mpg',
  'video/x-msvideo': 'avi',
  'audio/mpeg': 'mp3',
  'audio/mp4': 'm4a',
  'audio/x-m4a': 'm4a',
  'audio/vnd.wave': 'wav',
  'audio/x-flac': 'flac',
  'text/plain': 'txt',
}

const byClass = new Map(Object.entries(endings).map(([name, list]) => [name, new Set(list.split(' '))]))
const known = new Set(Object.values(endings).flatMap((list) => list.split(' ')))
const longestStem = 100

/**
 * The name under which a file may be given to other programs: its ending says what its bytes are, so that `IMG.jpg.hta`
 * with a picture in it is `IMG.jpg`. Null when neither bytes nor name say that it is something to look at or to hear;
 * such a file must not be opened by a program the system chooses.
 */
export function safeName(filename: string, mimeType: string): string | null {
  const { stem, ending } = partsOf(filename)
  const [kind = '', subtype = ''] = mimeType.toLowerCase().split(';', 1)[0]?.split('/') ?? []
  const isUnknown = mimeType === 'application/octet-stream'
  if (ending !== '' && (isUnknown ? known : byClass.get(kind))?.has(ending) === true) return named(stem, ending)
  const usual = usualEnding[`${kind}/${subtype}`] ?? subtype.replace(/^x-(?:[a-z]+-)?/, '')
  if (isUnknown || byClass.get(kind)?.has(usual) !== true) return null
  // What stood before a false ending may already be the right one.
  const before = partsOf(stem)
  return before.ending === usual ? named(before.stem, usual) : named(stem, usual)
}

function partsOf(name: string): { readonly stem: string; readonly ending: string } {
  const clean = name
    // Controls, and marks that turn the direction of the text so that an ending is read elsewhere.
    .replaceAll(/[\p{Cc}\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu, '')
    .replaceAll(/[\\/:*?"<>|]/g, '_')
    // Looked for where such a run begins, so that each character is passed once.
    .replace(/(?<![. ])[. ]+$/, '')
  const { stem = clean, ending = '' } = /^(?<stem>.+)\.(?<ending>[a-z0-9]{1,10})$/is.exec(clean)?.groups ?? {}
  return { stem, ending: ending.toLowerCase() }
}

function named(stem: string, ending: string): string {
  const short = Array.from(stem)
    .slice(0, longestStem)
    .join('')
    .replace(/^[-. ]+/, '')
    .trim()
  const isReserved = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i.test(short)
  return `${short === '' || isReserved ? `original${isReserved ? `-${short}` : ''}` : short}.${ending}`
}
