import { numberOf, textsOf, type Tags } from './blocks/tags.ts'

/** Words as XMP and IPTC keep them. Of a path through a tree of words the last one counts. */
export function keywords(sidecar: Tags, xmp: Tags, iptc: Tags): string[] {
  const paths = [sidecar, xmp].flatMap((each) => [
    ...textsOf(each['lr:hierarchicalSubject']).map((path) => path.split('|').at(-1) ?? path),
    ...textsOf(each['digiKam:TagsList']).map((path) => path.split('/').at(-1) ?? path),
    ...textsOf(each['MicrosoftPhoto:LastKeywordXMP']).map((path) => path.split('/').at(-1) ?? path),
  ])
  const all = [...textsOf(sidecar['dc:subject']), ...textsOf(xmp['dc:subject']), ...textsOf(iptc['Keywords']), ...paths]
  const byName = new Map(all.map((tag) => [tag.normalize('NFC').toLowerCase(), tag.normalize('NFC')]))
  byName.delete('')
  return [...byName.values()].slice(0, 500)
}

/** Stars, or Windows' percent where there are none. */
export function ratingOf(xmp: Tags): number | null {
  const own = stars(numberOf(xmp['xmp:Rating']))
  if (own !== null) return own
  const percent = numberOf(xmp['MicrosoftPhoto:Rating'], xmp['xmp:RatingPercent'])
  if (percent === undefined || percent <= 0 || percent > 100) return null
  // 1, 25, 50, 75 and 99 are one star to five.
  return Math.min(Math.round(percent / 25) + 1, 5)
}

/** A rating as the contract has it: 0 to 5, or −1 for rejected. */
export function stars(rating: number | undefined): number | null {
  return rating !== undefined && rating >= -1 && rating <= 5 ? rating : null
}
