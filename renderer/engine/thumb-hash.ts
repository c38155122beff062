import { thumbHashToDataURL } from 'thumbhash'

const decoded = new Map<string, string>()
const most = 2000

/** The tiny picture a ThumbHash stands for, as a data address; null when it is unreadable. */
export function thumbHashUrl(thumbHash: string): string | null {
  const known = decoded.get(thumbHash)
  if (known !== undefined) return known
  try {
    const url = thumbHashToDataURL(Uint8Array.from(atob(thumbHash), (char) => char.charCodeAt(0)))
    if (decoded.size >= most) decoded.clear()
    decoded.set(thumbHash, url)
    return url
  } catch {
    // A placeholder is a nicety; the tile keeps its plain ground.
    return null
  }
}
