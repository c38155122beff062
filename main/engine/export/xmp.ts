import type { Item } from './gather.ts'

const toolkit = 'Coffer'

/** Dates that no reader could find in the file itself. */
const datesFromElsewhere = new Set(['user', 'xmp-sidecar', 'takeout'])

/** True for a packet that Coffer wrote and nobody changed: others put their own name on what they write. */
export function isOwnXmp(text: string): boolean {
  return text.includes(`x:xmptk="${toolkit}"`)
}

/**
 * An XMP packet with what was added to an item, in the fields that digiKam, Lightroom, darktable and Immich read; null when
 * nothing was. `albums` become a branch of the keyword tree, since XMP has no field for them.
 */
export function xmpOf(
  item: Item,
  added: { readonly tags: readonly string[]; readonly albums: readonly string[] },
): string | null {
  const words = [...new Set([...added.tags, ...item.keywords])]
  const attributes: [string, string][] = []
  const elements: string[] = []
  if (item.rating !== null) attributes.push(['xmp:Rating', String(item.rating)])
  if (item.takenLocal !== null && datesFromElsewhere.has(item.takenSource ?? '')) {
    const date = dateOf(item.takenLocal, item)
    for (const field of ['exif:DateTimeOriginal', 'photoshop:DateCreated', 'xmp:CreateDate'])
      attributes.push([field, date])
  }
  if (item.latitude !== null && item.longitude !== null) {
    attributes.push(
      ['exif:GPSVersionID', '2.3.0.0'],
      ['exif:GPSLatitude', degrees(item.latitude, 'N', 'S')],
      ['exif:GPSLongitude', degrees(item.longitude, 'E', 'W')],
    )
    if (item.altitudeM !== null) {
      attributes.push(
        ['exif:GPSAltitudeRef', item.altitudeM < 0 ? '1' : '0'],
        ['exif:GPSAltitude', `${Math.round(Math.abs(item.altitudeM) * 1000)}/1000`],
      )
    }
  }
  if (item.description !== null && item.description !== '') {
    const text = `<rdf:li xml:lang="x-default">${escaped(item.description)}</rdf:li>`
    elements.push(`<dc:description><rdf:Alt>${text}</rdf:Alt></dc:description>`)
  }
  if (words.length > 0) elements.push(list('dc:subject', 'Bag', words))
  const albums = added.albums.map((name) => ['Albums', name])
  const tree = [...words.map((word) => [word]), ...albums]
  if (tree.length > 0) {
    const joined = (sign: string): string[] => tree.map((way) => way.map((each) => clean(each, sign)).join(sign))
    elements.push(list('lr:hierarchicalSubject', 'Bag', joined('|')), list('digiKam:TagsList', 'Seq', joined('/')))
  }
  if (attributes.length === 0 && elements.length === 0) return null
  return `<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="${toolkit}">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about=""
    xmlns:dc="http://purl.org/dc/elements/1.1/"
    xmlns:digiKam="http://www.digikam.org/ns/1.0/"
    xmlns:exif="http://ns.adobe.com/exif/1.0/"
    xmlns:lr="http://ns.adobe.com/lightroom/1.0/"
    xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"
    xmlns:xmp="http://ns.adobe.com/xap/1.0/"${attributes.map(([name, value]) => `\n    ${name}="${escaped(value)}"`).join('')}>
${elements.map((element) => `   ${element}\n`).join('')}  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>
`
}

function list(name: string, kind: 'Bag' | 'Seq', values: readonly string[]): string {
  return `<${name}><rdf:${kind}>${values.map((value) => `<rdf:li>${escaped(value)}</rdf:li>`).join('')}</rdf:${kind}></${name}>`
}

/** A part of a path of keywords must not look like two. */
function clean(word: string, sign: string): string {
  return word.replaceAll(sign, sign === '|' ? '/' : '∕')
}

const marks: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** XML can hold no control characters, whatever they are written as. */
function escaped(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[^\P{Cc}\t\n\r]|\p{Noncharacter_Code_Point}/gu, '')
    .replaceAll(/[&<>"]/g, (mark) => marks[mark] ?? mark)
    .replaceAll('\n', '&#10;')
    .replaceAll('\r', '&#13;')
}

/** As much of a date as is known: XMP can leave out what is not. */
function dateOf(local: string, { takenPrecision, utcOffsetMinutes }: Item): string {
  if (takenPrecision === null) return withZone(local, utcOffsetMinutes)
  return local.slice(0, { year: 4, month: 7, day: 10 }[takenPrecision])
}

function withZone(local: string, offsetMinutes: number | null): string {
  if (offsetMinutes === null) return local
  const size = Math.abs(offsetMinutes)
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${local}${offsetMinutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`
}

/** `48,12.508400N`: whole degrees, minutes with their fraction, the hemisphere. */
function degrees(value: number, positive: string, negative: string): string {
  const size = Math.abs(value)
  const whole = Math.floor(size)
  return `${whole},${((size - whole) * 60).toFixed(8)}${value < 0 ? negative : positive}`
}
