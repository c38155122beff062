import { resolve } from 'node:path'
import type { Import } from '../../contract/index.ts'
import { englishReason } from '../engine.ts'
import type { Client } from './client.ts'
import { exitCodes, plural, table, type Output } from './output.ts'
import { importAndWait } from './run-import.ts'

/** `coffer archive import`: reads one export of a service and reports what it gave. */
export async function archiveImport(
  client: Client,
  output: Output,
  files: readonly string[],
  options: { readonly dryRun?: boolean },
  interrupted: AbortSignal,
): Promise<number> {
  const startedMs = performance.now()
  const dryRun = options.dryRun ?? false
  const paths = files.map((path) => resolve(path))
  const { ended, items } = await importAndWait(client, output, { paths, archive: true, dryRun }, interrupted)
  const seconds = Math.round(performance.now() - startedMs) / 1000
  const { archive } = ended
  const types = Object.fromEntries((archive?.types ?? []).map(({ type, ...figures }) => [type, figures]))
  const failures = items.filter((item) => item.outcome === 'failed' || item.outcome === 'damaged')
  output.answer(
    {
      importId: ended.id,
      status: ended.status,
      source: archive?.source ?? null,
      account: archive?.account ?? null,
      types,
      earliest: archive?.earliest ?? null,
      latest: archive?.latest ?? null,
      seen: ended.seen,
      added: ended.added,
      duplicates: ended.duplicates,
      stacked: ended.stacked,
      unsupported: ended.unsupported,
      damaged: ended.damaged,
      failed: ended.failed,
      bytes: ended.doneBytes,
      seconds,
      ...(dryRun && { dryRun: true, samples: archive?.samples ?? [] }),
      items: items.map(({ path, outcome, mediaId, reason }) => ({
        path,
        outcome,
        ...(mediaId !== null && { mediaId }),
        ...(reason !== null && { reason: englishReason(reason) }),
      })),
    },
    [
      ...table(
        failures.map((item) => [item.outcome, item.path, item.reason === null ? '' : englishReason(item.reason)]),
      ),
      ...(dryRun ? (archive?.samples ?? []).map(({ at, title }) => `${at.slice(0, 10)}  ${title}`) : []),
      ...summary(ended, dryRun),
    ],
  )
  const hasTrouble = failures.length > 0 || (archive?.types ?? []).some(({ failed }) => failed > 0)
  return hasTrouble ? exitCodes.someFailed : exitCodes.done
}

function summary({ archive, added }: Import, dryRun: boolean): string[] {
  if (!archive) return []
  const span =
    archive.earliest !== null && archive.latest !== null
      ? ` (${archive.earliest.slice(0, 10)} to ${archive.latest.slice(0, 10)})`
      : ''
  const lines = archive.types.map(({ type, added: fresh, updated, same, left, failed }) => {
    const parts = [
      `${plural(fresh, type, `${type}s`)} ${dryRun ? 'would be added' : 'added'}`,
      updated > 0 ? `${updated} changed` : '',
      `${same} already here`,
      left > 0 ? `${left} left in the trash or deleted` : '',
      failed > 0 ? `${failed} could not be read` : '',
    ]
    return parts.filter((part) => part !== '').join(', ')
  })
  const photos = added > 0 ? `; ${plural(added, 'photo or video', 'photos and videos')} added` : ''
  const of = archive.account === null ? '' : ` of ${archive.account}`
  return [
    `${archive.source ?? 'Export'}${of}${span}: ${lines.join('; ') || 'no posts'}${photos}.${dryRun ? ' Nothing was changed.' : ''}`,
  ]
}
