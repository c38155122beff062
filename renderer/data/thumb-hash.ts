import { thumbHashToRGBA } from 'thumbhash'

/** The tiny picture a ThumbHash stands for; null when it is unreadable. */
export function thumbHashPixels(thumbHash: string): ImageData | null {
  try {
    const { w, h, rgba } = thumbHashToRGBA(Uint8Array.from(atob(thumbHash), (char) => char.charCodeAt(0)))
    return new ImageData(new Uint8ClampedArray(rgba), w, h)
  } catch {
    // A placeholder is a nicety; the tile keeps its plain ground.
    return null
  }
}
