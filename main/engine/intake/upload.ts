import { createWriteStream } from 'node:fs'
import { rm, utimes } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Reason } from '../../contract/index.ts'
import { CofferError } from '../base/errors.ts'
import { vaultScratch } from '../base/scratch.ts'
import { checkReferences, record } from '../objects/index.ts'
import type { IntakeContext } from './context.ts'
import { englishReason, stoppedError } from '../base/english-reason.ts'
import { startImport } from './start.ts'

export interface Uploaded {
  readonly mediaId: string
  /** False when the same bytes were here already. */
  readonly isNew: boolean
}

/** Where an upload says it comes from, in the columns every object has for that. */
export interface Provenance {
  readonly source_type?: string | undefined
  readonly source_id?: string | undefined
  readonly source_platform?: string | undefined
  readonly source_integration_id?: string | undefined
}

/** Later than any camera's clock: it tells the import that nobody is still writing, and nobody takes it for a date. */
const noTime = new Date('2200-01-01T00:00:00Z')

/**
 * Takes in one file that comes as a stream, through the same door as every other, and waits until it is in. What is said about where it comes from may follow its bytes; it is checked before anything is taken in.
 * Throws `bad-request` for what no item can be made of.
 */
export async function takeUpload(
  context: IntakeContext,
  userId: string,
  file: { readonly filename: string; readonly bytes: Readable; readonly provenance: Promise<Provenance> },
): Promise<Uploaded> {
  const folder = await vaultScratch(context.vaultDir, 'upload')
  try {
    const path = join(folder, safeName(file.filename))
    await pipeline(file.bytes, createWriteStream(path, { mode: 0o600, flags: 'wx' }))
    await utimes(path, noTime, noTime)
    const provenance = await file.provenance
    await context.database.read(userId, (tx) => checkReferences(tx, userId, 'media', { ...provenance }))
    const importId = await startImport(context, userId, {
      paths: [path],
      reference: false,
      dryRun: false,
      albumPerFolder: false,
      isUpload: true,
    })
    await ended(context, userId, importId)
    return await settle(context, userId, importId, provenance)
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 })
  }
}

/** The last part of a name from elsewhere, without what no file system here would take. */
function safeName(given: string): string {
  const last = basename(given.replaceAll('\\', '/')).replaceAll(/[\p{Cc}<>:"|?*/]/gu, '_')
  const name = Buffer.from(last).subarray(0, 240).toString('utf8').replaceAll('\uFFFD', '').trim()
  return name === '' || /^\.+$/.test(name) ? 'upload' : name
}

/** Waits until the import has ended. Anyone who rings the bell may mean anything; the row itself is what counts. */
async function ended(context: IntakeContext, userId: string, importId: string): Promise<void> {
  let rung = Promise.withResolvers<void>()
  const stop = context.bell.listen(() => rung.resolve())
  try {
    for (;;) {
      rung = Promise.withResolvers()
      const row = await context.database.read(userId, (tx) =>
        tx.one<{ status: string; problem: Reason | null }>(`select status, problem from meta.imports where id = $1`, [
          importId,
        ]),
      )
      if (row?.status === 'waiting') {
        throw stoppedError(row.problem)
      }
      if (row?.status !== 'running') return
      await rung.promise
    }
  } finally {
    stop()
  }
}

/** An upload is no import to look at later: its one file is gone from where it lay, so only the item stays. */
async function settle(
  context: IntakeContext,
  userId: string,
  importId: string,
  provenance: Provenance,
): Promise<Uploaded> {
  const item = await context.database.asService(async (tx) => {
    const found = await tx.one<{ outcome: string; mediaId: string | null; reason: Reason | null; path: string }>(
      `select outcome, media_id as "mediaId", reason, path from meta.import_items where import_id = $1 and user_id = $2`,
      [importId, userId],
    )
    await tx.execute(
      `update vault.media set source_type = $2, source_id = $3, source_platform = $4, source_integration_id = $5::uuid
       where import_id = $1`,
      [
        importId,
        provenance.source_type ?? 'upload',
        provenance.source_id ?? null,
        provenance.source_platform ?? null,
        provenance.source_integration_id ?? null,
      ],
    )
    await tx.execute(`delete from vault.media_sources where import_id = $1 and user_id = $2`, [importId, userId])
    await tx.execute(`delete from meta.imports where id = $1 and user_id = $2`, [importId, userId])
    if (found?.mediaId) {
      await record(tx, { userId, action: 'media.uploaded', ids: [found.mediaId], change: 'changed' })
    }
    return found
  })
  if (!item || item.mediaId === null) {
    const why = item?.reason ? englishReason(item.reason) : 'This file could not be imported.'
    throw new CofferError(why, { code: 'bad-request' })
  }
  return { mediaId: item.mediaId, isNew: item.outcome !== 'duplicate' }
}
