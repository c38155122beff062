import { resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { importEndpoints, type Import, type ImportItem, type StartImport } from '../../contract/index.ts'
import { englishReason, stoppedError } from '../engine.ts'
import type { Client } from './client.ts'
import { bytesInWords, exitCodes, plural, secondsInWords, table, type Output } from './output.ts'

export interface ImportOptions {
  readonly reference?: boolean
  readonly albumPerFolder?: boolean
  readonly dryRun?: boolean
}

const pollMs = 100

/** `coffer import`: starts an import, waits until it is done including thumbnails, and reports every file. */
export async function runImport(
  client: Client,
  output: Output,
  paths: readonly string[],
  options: ImportOptions,
  interrupted: AbortSignal,
): Promise<number> {
  const startedMs = performance.now()
  const full = paths.map((path) => resolve(path))
  const { ended, items } = await importAndWait(
    client,
    output,
    {
      paths: full,
      reference: options.reference ?? false,
      albumPerFolder: options.albumPerFolder ?? false,
      dryRun: options.dryRun ?? false,
    },
    interrupted,
  )
  const seconds = (performance.now() - startedMs) / 1000
  const json = {
    importId: ended.id,
    status: ended.status,
    seen: ended.seen,
    added: ended.added,
    duplicates: ended.duplicates,
    stacked: ended.stacked,
    unsupported: ended.unsupported,
    damaged: ended.damaged,
    later: ended.later,
    failed: ended.failed,
    skipped: ended.skipped,
    bytes: ended.doneBytes,
    seconds: Math.round(seconds * 1000) / 1000,
    ...(options.dryRun && { dryRun: true }),
    items: items.map((item) => ({
      path: item.path,
      outcome: item.outcome,
      ...(item.mediaId !== null && { mediaId: item.mediaId }),
      ...(item.reason !== null && { reason: englishReason(item.reason) }),
    })),
  }
  output.answer(json, report(ended, items, seconds, options.dryRun ?? false))
  if (interrupted.aborted) return exitCodes.failed
  return hasTrouble(ended, items) ? exitCodes.someFailed : exitCodes.done
}

/** Starts an import and waits until it has ended, with a line of progress; answers what became of every file. */
export async function importAndWait(
  client: Client,
  output: Output,
  input: StartImport,
  interrupted: AbortSignal,
): Promise<{ ended: Import; items: ImportItem[] }> {
  const started = await client.call(importEndpoints.start, { body: input })
  const ended = await wait(client, output, started.id, interrupted)
  return { ended, items: await allItems(client, started.id) }
}

/**
 * Failed and damaged files count, and files of unknown kind that were named one by one: those were asked for. Unknown
 * files inside a folder are only listed.
 */
function hasTrouble(ended: Import, items: readonly ImportItem[]): boolean {
  if (ended.failed > 0 || ended.damaged > 0) return true
  return items.some((item) => item.outcome === 'unsupported' && ended.paths.includes(item.path))
}

async function wait(client: Client, output: Output, id: string, interrupted: AbortSignal): Promise<Import> {
  for (;;) {
    const current = await client.call(importEndpoints.read, { params: { id } })
    if (interrupted.aborted && current.status === 'running') {
      output.say('Stopping; what is finished is kept. Run the command again to continue.')
      return client.call(importEndpoints.pause, { params: { id } })
    }
    if (current.status === 'waiting') {
      throw stoppedError(current.problem)
    }
    if (current.status === 'failed') throw stoppedError(current.problem)
    if (current.status !== 'running') return current
    output.progress(progressLine(current))
    await pause(pollMs)
  }
}

function progressLine(current: Import): string {
  const kept = current.added + current.duplicates + current.stacked + current.damaged + current.later
  const done = kept + current.unsupported + current.failed
  const rate = current.filesPerSecond === null ? '' : ` · ${current.filesPerSecond.toFixed(1)}/s`
  const left = current.remainingSeconds === null ? '' : ` · ${secondsInWords(current.remainingSeconds)} left`
  return `Importing ${done} of ${current.seen}${current.scanComplete ? '' : '+'}${rate}${left}`
}

async function allItems(client: Client, id: string): Promise<ImportItem[]> {
  const items: ImportItem[] = []
  for (let cursor: string | null = '0'; cursor !== null;) {
    const page: { items: ImportItem[]; next: string | null } = await client.call(importEndpoints.items, {
      params: { id },
      query: { limit: 5000, cursor },
    })
    items.push(...page.items)
    cursor = page.next
  }
  return items
}

function report(ended: Import, items: readonly ImportItem[], seconds: number, isDryRun: boolean): string[] {
  const listed = items.filter((item) => ['damaged', 'later', 'failed', 'unsupported', 'waiting'].includes(item.outcome))
  const lines = table(
    listed.map((item) => [item.outcome, item.path, item.reason === null ? '' : englishReason(item.reason)]),
  )
  const parts = [
    plural(ended.added, isDryRun ? 'new file' : 'file added', isDryRun ? 'new files' : 'files added'),
    `${ended.duplicates} already here`,
    ended.stacked > 0 ? `${ended.stacked} kept with their photo` : '',
    ended.unsupported > 0 ? `${ended.unsupported} unsupported` : '',
    ended.damaged > 0 ? `${ended.damaged} damaged (kept)` : '',
    ended.later > 0 ? `${ended.later} kept, to be read later` : '',
    ended.failed > 0 ? `${ended.failed} could not be read` : '',
    ended.skipped > 0 ? `${ended.skipped} system files skipped` : '',
  ].filter((part) => part !== '')
  const tail = isDryRun ? 'Nothing was changed.' : `${bytesInWords(ended.doneBytes)} in ${secondsInWords(seconds)}.`
  return [...lines, `${parts.join(', ')}. ${tail}`]
}
