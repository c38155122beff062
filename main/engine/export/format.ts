import { z } from 'zod'
import { describedTypes, linesOf, objectLineSchema } from './object-lines.ts'
import { openable, shownPath } from '../base/path-text.ts'

/** The format of an export is docs/formats/export.md; these schemas are written into every export as well. */
export const formatVersion = 1
export const manifestName = 'coffer-export.json'
/** Folders and files an export makes at its top, besides `originals`. */
export const ownNames = [
  'README.txt',
  'browse',
  'data',
  'exports',
  'index.html',
  manifestName,
  'posts',
  'sidecars',
  'tables',
] as const
export const xmpSuffix = '.xmp'
export const takeoutSuffix = '.supplemental-metadata.json'

const id = z.uuid()
const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const wallTime = z.string().regex(/^\d{4,6}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?$/)
const instant = z.iso.datetime({ offset: true })
const anything = z.record(z.string(), z.unknown())
/** Whence something came; `connectionId` is a line of `data/integrations.jsonl`. Older exports have none. */
const source = z.object({
  type: z.string().nullable(),
  id: z.string().nullable(),
  platform: z.string().nullable(),
  connectionId: id.nullable().default(null),
})
/** Older exports tell nothing of whence tags and links came. */
const sourceIfTold = source.default({ type: null, id: null, platform: null, connectionId: null })

/** `coffer-export.json`. `finishedAt` is null until everything is on the disk. */
export const manifestSchema = z.object({
  kind: z.literal('coffer-export'),
  format: z.int(),
  vaultId: id,
  vaultName: z.string(),
  personId: id,
  startedAt: instant,
  finishedAt: instant.nullable(),
  since: z.string().nullable(),
  files: z.int(),
  bytes: z.number(),
  byType: z.record(z.string(), z.int()),
  /** Exports from before there was one have none. */
  objects: z.record(z.string(), z.int()).default({}),
  failed: z.array(z.object({ id, filename: z.string(), reason: z.string() })),
})
export type Manifest = z.infer<typeof manifestSchema>

/** A line of `data/files.jsonl`. */
export const fileLineSchema = z.object({ id, sha256, path: z.string() })
export type FileLine = z.infer<typeof fileLineSchema>

/** A line of `data/media.jsonl`. */
export const mediaLineSchema = z.object({
  id,
  sha256,
  path: z.string(),
  filename: z.string().min(1).max(1024),
  mediaType: z.string(),
  mimeType: z.string(),
  sizeBytes: z.number(),
  width: z.int().nullable(),
  height: z.int().nullable(),
  durationSeconds: z.number().nullable(),
  taken: z.object({
    local: wallTime.nullable(),
    at: instant.nullable(),
    utcOffsetMinutes: z.int().min(-1080).max(1080).nullable(),
    source: z.string().nullable(),
    confidence: z.enum(['high', 'medium', 'low']).nullable(),
    /** Exports from before there was one have none. */
    precision: z.enum(['year', 'month', 'day']).nullable().default(null),
  }),
  place: z.object({
    latitude: z.number().min(-90).max(90).nullable(),
    longitude: z.number().min(-180).max(180).nullable(),
    altitudeM: z.number().nullable(),
  }),
  camera: z.object({ make: z.string().nullable(), model: z.string().nullable(), lens: z.string().nullable() }),
  exposure: z.object({
    seconds: z.number().nullable(),
    aperture: z.number().nullable(),
    iso: z.int().nullable(),
    focalLengthMm: z.number().nullable(),
  }),
  rating: z.number().min(-1).max(5).nullable(),
  isFavorite: z.boolean(),
  description: z.string().nullable(),
  tags: z.array(z.string()),
  albums: z.array(id),
  storage: z.enum(['vault', 'reference']),
  problem: z.string().nullable(),
  source,
  seenAt: z.array(
    z.object({
      path: z.string(),
      pathHex: z.string().nullable(),
      sizeBytes: z.number(),
      mtimeNs: z.string().regex(/^-?\d+$/),
      ctimeNs: z.string().regex(/^-?\d+$/),
      inode: z.string(),
      at: instant,
    }),
  ),
  createdAt: instant,
  updatedAt: instant,
  deletedAt: instant.nullable(),
  metadata: anything,
})
export type MediaLine = z.infer<typeof mediaLineSchema>

const member = z.object({ id, sha256 })

/** A line of `data/albums.jsonl`; `items` in the order of the album by hand. */
export const albumLineSchema = z.object({
  id,
  name: z.string().min(1).max(200),
  description: z.string().nullable(),
  sortOrder: z.enum(['date_asc', 'date_desc', 'manual']),
  visibility: z.enum(['private', 'unlisted', 'public']),
  cover: member.nullable(),
  items: z.array(member),
  source,
  createdAt: instant,
  updatedAt: instant,
  deletedAt: instant.nullable(),
  metadata: anything,
})
export type AlbumLine = z.infer<typeof albumLineSchema>

/** A line of `data/tags.jsonl`. */
export const tagLineSchema = z.object({
  id,
  name: z.string().min(1).max(200),
  color: z
    .string()
    .regex(/^#[0-9a-f]{6}$/)
    .nullable(),
  source: sourceIfTold,
  createdAt: instant,
  deletedAt: instant.nullable(),
  metadata: anything,
})
export type TagLine = z.infer<typeof tagLineSchema>

/** A line of `data/links.jsonl`: every link but those that say which items are in an album. */
export const linkLineSchema = z.object({
  id,
  type: z.string(),
  from: z.object({ id, type: z.string(), sha256: sha256.nullable() }),
  to: z.object({ id, type: z.string(), sha256: sha256.nullable() }),
  strength: z.number().min(0).max(1),
  isBidirectional: z.boolean(),
  sortOrder: z.int().nullable(),
  source: sourceIfTold,
  createdAt: instant,
  deletedAt: instant.nullable(),
  metadata: anything,
})
export type LinkLine = z.infer<typeof linkLineSchema>

/** A line of `data/sidecars.jsonl`: a file that another program kept beside an item. `mediaId` null: its photo never came. */
export const sidecarLineSchema = z.object({
  id,
  mediaId: id.nullable(),
  sha256,
  path: z.string(),
  sizeBytes: z.number(),
  kind: z.enum(['xmp', 'aae', 'thm']),
  filename: z.string().min(1).max(1024),
  fields: z.array(z.string()),
  seenAt: z.object({ path: z.string(), pathHex: z.string().nullable(), at: instant }),
  createdAt: instant,
})
export type SidecarLine = z.infer<typeof sidecarLineSchema>

/** A path for people to read, and the bytes of one that is no UTF-8. */
export function exportedPath(path: string): { path: string; pathHex: string | null } {
  const exact = openable(path)
  return { path: shownPath(path), pathHex: typeof exact === 'string' ? null : exact.toString('hex') }
}

/** A line of `data/history.jsonl`, oldest first. */
export const historyLineSchema = z.object({
  at: instant,
  action: z.string(),
  objectType: z.string().nullable(),
  objectId: id.nullable(),
  details: anything,
})

/** All of the above as JSON Schema, as it stands in `data/schema.json`. */
export function schemaOfExport(): Readonly<Record<string, unknown>> {
  const of = (schema: z.ZodType): unknown => z.toJSONSchema(schema)
  return {
    [manifestName]: of(manifestSchema),
    'data/files.jsonl': of(fileLineSchema),
    'data/media.jsonl': of(mediaLineSchema),
    'data/albums.jsonl': of(albumLineSchema),
    'data/tags.jsonl': of(tagLineSchema),
    'data/links.jsonl': of(linkLineSchema),
    'data/sidecars.jsonl': of(sidecarLineSchema),
    'data/history.jsonl': of(historyLineSchema),
    ...Object.fromEntries(describedTypes.map((type) => [linesOf(type), of(objectLineSchema(type))])),
  }
}
