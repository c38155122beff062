import { extname } from 'node:path'
import type { FileKind } from '../types.ts'

/** MIME types of kinds that a name alone tells, by their extensions; what a person calls a picture, film, sound or document. */
const byType: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg jpeg jpe jfif jif',
  'image/png': 'png apng',
  'image/gif': 'gif',
  'image/webp': 'webp',
  'image/tiff': 'tif tiff',
  'image/bmp': 'bmp dib',
  'image/heic': 'heic heics hif',
  'image/heif': 'heif heifs',
  'image/avif': 'avif avifs',
  'image/jxl': 'jxl',
  'image/jp2': 'jp2 j2k jpf jpx jpm j2c jpc',
  'image/jxr': 'jxr wdp hdp',
  'image/svg+xml': 'svg svgz',
  'image/vnd.adobe.photoshop': 'psd psb',
  'image/x-tga': 'tga targa icb vda vst',
  'image/vnd.zbrush.pcx': 'pcx',
  'image/x-portable-anymap': 'pnm pbm pgm ppm pam pfm',
  'image/x-icon': 'ico cur',
  'image/x-xcf': 'xcf',
  'image/x-exr': 'exr',
  'image/vnd.radiance': 'hdr rgbe',
  'image/x-sgi': 'sgi rgb',
  'image/x-dpx': 'dpx',
  'image/fits': 'fits fit',
  'image/vnd.ms-dds': 'dds',
  'image/qoi': 'qoi',
  'image/x-pict': 'pct pict',
  'image/x-xbitmap': 'xbm',
  'image/x-xpixmap': 'xpm',
  'image/x-sun-raster': 'ras',
  'image/wmf': 'wmf',
  'image/emf': 'emf',
  'image/vnd.djvu': 'djvu djv',
  'image/bpg': 'bpg',
  'image/flif': 'flif',
  'image/x-mng': 'mng',
  'image/x-mpo': 'mpo jps',
  'image/x-photo-cd': 'pcd',
  'image/x-insp': 'insp',
  'application/postscript': 'eps epsf ai ps',
  'image/vnd.dwg': 'dwg',
  'video/mp4': 'mp4 m4v mp4v f4v',
  'video/quicktime': 'mov qt',
  'video/vnd.avi': 'avi divx',
  'video/matroska': 'mkv',
  'video/webm': 'webm',
  'video/mpeg': 'mpg mpeg mpe m1v m2v mpv vob dat',
  'video/mp2t': 'mts m2ts m2t ts tod',
  'video/3gpp': '3gp 3gpp',
  'video/3gpp2': '3g2',
  'video/x-ms-asf': 'wmv asf',
  'video/x-flv': 'flv',
  'video/ogg': 'ogv',
  'video/vnd.rn-realvideo': 'rm rmvb rv',
  'video/mxf': 'mxf',
  'video/dv': 'dv dif',
  'video/x-mod': 'mod',
  'video/x-insv': 'insv lrv',
  'audio/mpeg': 'mp3 mp2 mpa',
  'audio/x-m4a': 'm4a m4b aac',
  'audio/wav': 'wav',
  'audio/flac': 'flac',
  'audio/ogg': 'ogg oga opus spx',
  'audio/aiff': 'aif aiff aifc',
  'audio/x-ms-wma': 'wma',
  'audio/amr': 'amr awb 3ga',
  'audio/x-caf': 'caf',
  'audio/x-ape': 'ape',
  'audio/x-wavpack': 'wv',
  'audio/basic': 'au snd',
  'audio/midi': 'mid midi kar',
  'audio/ac3': 'ac3 dts',
  'application/pdf': 'pdf',
  'application/msword': 'doc dot',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx docm',
  'application/vnd.ms-excel': 'xls xlt',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx xlsm',
  'application/vnd.ms-powerpoint': 'ppt pps',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': 'pptx ppsx',
  'application/vnd.oasis.opendocument.text': 'odt ott fodt',
  'application/vnd.oasis.opendocument.spreadsheet': 'ods ots',
  'application/vnd.oasis.opendocument.presentation': 'odp otp',
  'application/vnd.oasis.opendocument.graphics': 'odg',
  'application/rtf': 'rtf',
  'application/epub+zip': 'epub',
  'application/vnd.apple.pages': 'pages',
  'application/vnd.apple.numbers': 'numbers',
  'application/vnd.apple.keynote': 'key',
  'application/vnd.ms-xpsdocument': 'xps oxps',
  'application/x-mobipocket-ebook': 'mobi azw azw3',
}

/** RAW formats by their extensions; many of them are TIFF inside. */
export const rawExtensions = new Set(
  '3fr ari arw bay braw cap cr2 cr3 crw dcr dcs dng drf eip erf fff gpr iiq k25 kdc mdc mef mos mrw nef nrw orf pef ptx pxn r3d raf raw rw2 rwl rwz sr2 srf srw x3f'.split(
    ' ',
  ),
)

/** Extensions that say more than one thing, of which a picture, film or document is only one: content must agree. */
const ambiguous = new Set('dat mod ts key rgb ras dif hdr cap ptx'.split(' '))

const types = new Map(
  Object.entries(byType).flatMap(([mimeType, extensions]) =>
    extensions.split(' ').map((extension): [string, string] => [extension, mimeType]),
  ),
)

/** The extension of a name in small letters, without its dot. */
export function extensionOf(filename: string): string {
  return extname(filename).slice(1).toLowerCase()
}

/** What a name alone says a file is; null when it says nothing, or more than one thing. */
export function kindByName(filename: string): FileKind | null {
  const extension = extensionOf(filename)
  if (ambiguous.has(extension)) return null
  if (rawExtensions.has(extension)) return rawKind(`image/x-${extension}`, extension)
  const mimeType = types.get(extension)
  return mimeType === undefined ? null : kindOf(mimeType, extension)
}

/** What sharp or libheif can decode here, by MIME type; the others go to ffmpeg. */
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
/** Pictures that ffmpeg decodes. What it cannot, or only now and then, is left without a picture. */
const odd = new Set([
  'image/bmp',
  'image/vnd.adobe.photoshop',
  'image/x-tga',
  'image/vnd.zbrush.pcx',
  'image/x-portable-anymap',
  'image/jp2',
  'image/jpx',
  'image/jpm',
  'image/x-exr',
  'image/vnd.ms-dds',
  'image/x-sgi',
  'image/x-dpx',
  'image/fits',
  'image/qoi',
  'image/x-xbitmap',
  'image/x-sun-raster',
  'image/x-pict',
])
/** Whether ffmpeg is the one that decodes this picture. */
export function isForFfmpeg(kind: FileKind): boolean {
  return odd.has(kind.mimeType)
}

/** Formats by their extension here when it differs from what the field writes on disk. */
const canonical: Readonly<Record<string, string>> = { tiff: 'tif', jpeg: 'jpg', apng: 'png' }

export function kindOf(mimeType: string, extension: string): FileKind {
  const type = mimeType.split('/', 1)[0]
  const isDrawing = mimeType === 'application/postscript'
  const mediaType =
    type === 'image' || isDrawing ? 'photo' : type === 'video' ? 'video' : type === 'audio' ? 'audio' : 'document'
  const isDecodable = decodable.has(mimeType) || odd.has(mimeType)
  return { mediaType, mimeType, extension: canonical[extension] ?? extension, decodable: isDecodable, raw: false }
}

export function rawKind(mimeType: string, extension: string): FileKind {
  return { mediaType: 'photo', mimeType, extension, decodable: false, raw: true }
}
