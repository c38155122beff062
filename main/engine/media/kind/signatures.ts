import type { FileKind } from '../types.ts'
import { kindOf, rawExtensions, rawKind } from './by-name.ts'

/** Kinds that file-type does not know, or tells only with more of the file than its head, and the one that is most files. */
export function kindBySignature(head: Buffer, named: string): FileKind | null {
  const start = head.toString('latin1', 0, 16)
  // Nearly all there are; the fourth byte of JPEG-LS is another.
  if (start.startsWith('\xff\xd8\xff') && head[3] !== 0xf7) return kindOf('image/jpeg', 'jpg')
  if (start.startsWith('IIU\0')) return rawKind('image/x-panasonic-rw2', 'rw2')
  if (start.slice(6, 14) === 'HEAPCCDR') return rawKind('image/x-canon-crw', 'crw')
  if (start.startsWith('FOVb')) return rawKind('image/x-sigma-x3f', 'x3f')
  if (start.startsWith('\0MRM')) return rawKind('image/x-minolta-mrw', 'mrw')
  // file-type looks for the chunks of an animation, which may lie behind these bytes.
  if (start.startsWith('\x89PNG\r\n\x1a\n')) return kindOf('image/png', 'png')
  // TIFF keeps its table at the end.
  if (start.startsWith('II*\0') || start.startsWith('MM\0*')) {
    return rawExtensions.has(named) ? rawKind(`image/x-${named}`, named) : kindOf('image/tiff', 'tif')
  }
  if (start.startsWith('8BPS')) return kindOf('image/vnd.adobe.photoshop', head[5] === 2 ? 'psb' : 'psd')
  if (start.startsWith('%!PS-Adobe') || start.startsWith('\xc5\xd0\xd3\xc6'))
    return kindOf('application/postscript', 'eps')
  if (isPortable(start)) return kindOf('image/x-portable-anymap', portableExtension(start))
  if (isPcx(head)) return kindOf('image/vnd.zbrush.pcx', 'pcx')
  if (start.startsWith('qoif')) return kindOf('image/qoi', 'qoi')
  if (start.startsWith('\x76\x2f\x31\x01')) return kindOf('image/x-exr', 'exr')
  if (start.startsWith('DDS |')) return kindOf('image/vnd.ms-dds', 'dds')
  if (start.startsWith('SDPX') || start.startsWith('XPDS')) return kindOf('image/x-dpx', 'dpx')
  if (start.startsWith('SIMPLE  =')) return kindOf('image/fits', 'fits')
  if (start.startsWith('#?RADIANCE') || start.startsWith('#?RGBE')) return kindOf('image/vnd.radiance', 'hdr')
  if (start.startsWith('.RMF')) return kindOf('video/vnd.rn-realvideo', 'rm')
  return null
}

/** `P1` to `P7` and Pf: a blank or a comment follows (Netpbm). */
function isPortable(start: string): boolean {
  return /^P[1-7Ff][\s#]/.test(start)
}

function portableExtension(start: string): string {
  const kinds: Readonly<Record<string, string>> = {
    1: 'pbm',
    4: 'pbm',
    2: 'pgm',
    5: 'pgm',
    3: 'ppm',
    6: 'ppm',
    7: 'pam',
  }
  return kinds[start[1] ?? ''] ?? 'pfm'
}

/** ZSoft's header has no signature worth the name, so its fields must make sense together. */
function isPcx(head: Buffer): boolean {
  if (head.length < 128 || head[0] !== 0x0a) return false
  const [version = 9, encoding, bits = 0, planes = 0] = [head[1], head[2], head[3], head[65]]
  const [left, top, right, bottom] = [4, 6, 8, 10].map((at) => head.readUInt16LE(at))
  const isSized = (right ?? 0) >= (left ?? 0) && (bottom ?? 0) >= (top ?? 0)
  return (
    version <= 5 &&
    encoding === 1 &&
    [1, 2, 4, 8].includes(bits) &&
    planes >= 1 &&
    planes <= 4 &&
    isSized &&
    head[64] === 0
  )
}

/** An icon has entries that lie in the file; a TGA picture begins with the same bytes. */
export function isIcon(head: Buffer): boolean {
  if (head.length < 22) return false
  const [kind, count] = [head.readUInt16LE(2), head.readUInt16LE(4)]
  const offset = head.readUInt32LE(18)
  return head.readUInt16LE(0) === 0 && (kind === 1 || kind === 2) && count > 0 && offset >= 6 + 16 * count
}

/** Truevision's header has no signature either; version 2 has one at the end of the file. */
export function isTga(head: Buffer): boolean {
  if (head.length < 18) return false
  const [mapType = 9, imageType = 0, depth = 0] = [head[1], head[2], head[16]]
  const [width, height] = [head.readUInt16LE(12), head.readUInt16LE(14)]
  const isMapped = imageType === 1 || imageType === 9
  return (
    mapType <= 1 &&
    [1, 2, 3, 9, 10, 11].includes(imageType) &&
    (!isMapped || mapType === 1) &&
    [8, 15, 16, 24, 32].includes(depth) &&
    width > 0 &&
    height > 0 &&
    ((head[17] ?? 0) & 0xc0) === 0
  )
}
