import { z } from 'zod'

/**
 * Why a file of an import became what it did, why an import stopped, what is wrong with a watched folder. The engine gives
 * the code and what the sentence needs; the window and the command line make the sentence, in the person's language. Never renamed: rows
 * of earlier imports hold them.
 */
export const reasonCodes = [
  // Files that could not be read. `unreadable` has `code`, what the system answered.
  'empty',
  'gone',
  'not-allowed',
  'in-use',
  'broken-link',
  'disk-error',
  'path-too-long',
  'not-a-file',
  'unreadable',
  'still-written',
  // What is wrong with a file that is kept: damage, what is tried again when idle, and why a whole one has no picture.
  'picture-cut-off',
  'picture-unreadable',
  'film-cut-off',
  'content-unreadable',
  'decoder-crashed',
  'not-opened-yet',
  'slow-to-read',
  'large-to-read',
  'too-busy-to-read',
  'too-many-pixels',
  'picture-too-slow',
  'picture-too-large',
  'reading-too-slow',
  // What became of a file that was read. `no-room` has `used` and `quota` in bytes.
  'unknown-kind',
  'twice-in-import',
  'in-trash',
  'back-from-trash',
  'deleted-for-good',
  'no-room',
  'not-stored',
  // Sidecars. Those with a photo have its `name`.
  'sidecar-read',
  'sidecar-kept',
  'sidecar-waits',
  'sidecar-of-photo',
  // Imports. `export-lines-unreadable` has `count`.
  'disk-full',
  'database-stopped',
  'vault-unreachable',
  'import-failed',
  'import-parked',
  'export-newer',
  'export-lines-unreadable',
  // Exports of services. `archive-record-unreadable` has `locator`.
  'archive-record-unreadable',
  'archive-file-missing',
  'archive-unknown',
  'archive-html',
  'archive-damaged',
  'archive-encrypted',
  // Watched folders. Those that are looked at from time to time have `seconds`.
  'folder-missing',
  'folder-on-network',
  'folder-too-large',
  'folder-silent',
  'folder-unreadable',
  // Noted by an earlier version in words: `text`.
  'noted',
] as const
export const reasonCodeSchema = z.enum(reasonCodes)
export type ReasonCode = z.infer<typeof reasonCodeSchema>

export const reasonSchema = z
  .object({
    code: reasonCodeSchema,
    details: z.record(z.string(), z.union([z.string(), z.number()])),
  })
  .meta({ id: 'Reason' })
export type Reason = z.infer<typeof reasonSchema>

/** A reason that was stored as its code alone; anything else is a sentence of an earlier version. */
export function reasonOfCode(stored: string): Reason {
  const code = reasonCodeSchema.safeParse(stored)
  return code.success ? { code: code.data, details: {} } : { code: 'noted', details: { text: stored } }
}
