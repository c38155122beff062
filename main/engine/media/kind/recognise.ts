import type { FileKind } from '../types.ts'
import { extensionOf, kindByName, kindOf, rawExtensions, rawKind } from './by-name.ts'
import { isIcon, isTga, kindBySignature } from './signatures.ts'
import { looksLikeSvg } from './svg.ts'

/** How many first bytes `recogniseKind` wants. */
export const KIND_BYTES = 8192

/** Documents that file-type tells by their content. */
const documents =
  /^application\/(?:pdf|rtf|epub\+zip|x-mobipocket-ebook|vnd\.(?:ms-(?:excel|word|powerpoint)|openxmlformats-officedocument|oasis\.opendocument|apple|visio)[a-z\d.-]{0,50})$/
/** Pictures, films and recordings that have the type of an application. */
const applications: Readonly<Record<string, readonly [mimeType: string, extension: string]>> = {
  'application/mp4': ['video/mp4', 'mp4'],
  'application/ogg': ['audio/ogg', 'ogg'],
  'application/mxf': ['video/mxf', 'mxf'],
  'application/vnd.ms-asf': ['video/x-ms-asf', 'asf'],
  'application/vnd.rn-realmedia': ['video/vnd.rn-realvideo', 'rm'],
  'application/eps': ['application/postscript', 'eps'],
  'application/postscript': ['application/postscript', 'ps'],
}

/**
 * What a file is, by its first bytes. The name decides between kinds that content cannot tell apart (RAW files are TIFF
 * inside), and whether to keep what is broken or not understood: a name that says picture, film, sound or document is
 * believed. Null means none of these. Run it where it can be killed: libraries look into the bytes.
 */
export async function recogniseKind(head: Uint8Array, filename: string): Promise<FileKind | null> {
  if (head.length === 0) return null
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.byteLength)
  return (await kindByContent(bytes, extensionOf(filename))) ?? kindByName(filename)
}

async function kindByContent(head: Buffer, named: string): Promise<FileKind | null> {
  const signed = kindBySignature(head, named)
  if (signed && !isTiff(signed)) return signed
  // Loading it takes as long as half a photo; a worker that sees only JPEG never does.
  const { fileTypeFromBuffer } = await import('file-type')
  const found = await fileTypeFromBuffer(head).catch(() => undefined)
  if (!found) return signed ?? (isTga(head) && named !== 'ico' && isTgaName(named) ? tga : svg(head))
  const { mime, ext } = found
  if (mime === 'application/xml') return svg(head)
  if (rawExtensions.has(ext)) return rawKind(mime, ext)
  if (mime === 'image/tiff') return signed ?? kindOf(mime, ext)
  if (mime === 'image/x-icon' && !isIcon(head)) return isTga(head) ? tga : null
  const type = mime.split('/', 1)[0]
  if (type === 'image' || type === 'video' || type === 'audio' || documents.test(mime)) return kindOf(mime, ext)
  const known = applications[mime]
  return known ? kindOf(...known) : null
}

const tga = kindOf('image/x-tga', 'tga')

function isTiff(kind: FileKind): boolean {
  return kind.mimeType === 'image/tiff'
}

/** Its header fits too many other files to be believed without the name. */
function isTgaName(named: string): boolean {
  return ['tga', 'targa', 'icb', 'vda', 'vst', ''].includes(named)
}

function svg(head: Buffer): FileKind | null {
  return looksLikeSvg(head) ? kindOf('image/svg+xml', 'svg') : null
}

/** The MIME type of a picture this room wrote. */
export function pictureMimeType(head: Uint8Array): string {
  return head[0] === 0x52 && head[1] === 0x49 ? 'image/webp' : 'image/jpeg'
}
