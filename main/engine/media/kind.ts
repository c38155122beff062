import { extname } from 'node:path'
import { fileTypeFromBuffer } from 'file-type'
import type { FileKind } from './types.ts'

/** How many first bytes `recogniseKind` wants. */
export const KIND_BYTES = 8192

/** What sharp or libheif can decode here, by MIME type. */
const decodable = new Set([
  'image/jpeg',
  'image/png',
  'image/apng',
  'image/webp',
  'image/gif',
  'image/tiff',
  'image/avif',
  'image/avif-sequence',
  'image/svg+xml',
  'image/heic',
  'image/heif',
  'image/heic-sequence',
  'image/heif-sequence',
])
const rawExtensions = new Set(
  '3fr arw cr2 cr3 crw dcr dng erf kdc mef mos mrw nef nrw orf pef raf raw rw2 sr2 srf srw x3f'.split(' '),
)
/** Formats by their extension here when it differs from what the field writes on disk. */
const canonical: Readonly<Record<string, string>> = { tiff: 'tif', jpeg: 'jpg', apng: 'png' }

/**
 * What a file is, told from its first bytes; the name only decides between kinds that content cannot tell apart (RAW
 * files are TIFF inside). Null is a file that is no picture, film, recording or PDF.
 */
export async function recogniseKind(head: Uint8Array, filename: string): Promise<FileKind | null> {
  const named = extname(filename).slice(1).toLowerCase()
  const found = await fileTypeFromBuffer(head).catch(() => undefined)
  if (!found || found.mime === 'application/xml')
    return looksLikeSvg(head) ? kind('image/svg+xml', 'svg') : headless(head, named)
  const { mime, ext } = found
  if (rawExtensions.has(ext)) return raw(mime, ext)
  if (mime === 'image/tiff' && rawExtensions.has(named)) return raw(`image/x-${named}`, named)
  const type = mime.split('/')[0]
  if (type === 'image' || type === 'video' || type === 'audio' || mime === 'application/pdf') return kind(mime, ext)
  if (mime === 'application/mp4') return kind('video/mp4', 'mp4')
  if (mime === 'application/ogg') return kind('audio/ogg', 'ogg')
  return null
}

function kind(mimeType: string, extension: string): FileKind {
  const type = mimeType.split('/')[0]
  const mediaType = type === 'image' ? 'photo' : type === 'video' ? 'video' : type === 'audio' ? 'audio' : 'document'
  return {
    mediaType,
    mimeType,
    extension: canonical[extension] ?? extension,
    decodable: decodable.has(mimeType),
    raw: false,
  }
}

function raw(mimeType: string, extension: string): FileKind {
  return { mediaType: 'photo', mimeType, extension, decodable: false, raw: true }
}

/**
 * Kinds whose library test wants to look further into the file than its head: TIFF keeps its table at the end, PNG is
 * searched for animation chunks; Panasonic's RAW is a TIFF with another magic number.
 */
function headless(head: Uint8Array, named: string): FileKind | null {
  const start = Buffer.from(head.subarray(0, 8)).toString('latin1')
  if (start.startsWith('IIU\0')) return raw('image/x-panasonic-rw2', 'rw2')
  if (start === '\x89PNG\r\n\x1A\n') return kind('image/png', 'png')
  if (!start.startsWith('II*\0') && !start.startsWith('MM\0*')) return null
  return rawExtensions.has(named) ? raw(`image/x-${named}`, named) : kind('image/tiff', 'tif')
}

function looksLikeSvg(head: Uint8Array): boolean {
  const text = Buffer.from(head)
    .toString('utf8')
    .replace(/^\uFEFF/, '')
  return /^\s*(<\?xml[^>]*\?>\s*)?(<!--[^]*?-->\s*)*(<!DOCTYPE svg[^>]*(\[[^\]]*\])?[^>]*>\s*)?(<!--[^]*?-->\s*)*<svg[\s>]/i.test(
    text,
  )
}

/** The MIME type of a picture this room wrote. */
export function pictureMimeType(head: Uint8Array): string {
  return head[0] === 0x52 && head[1] === 0x49 ? 'image/webp' : 'image/jpeg'
}
