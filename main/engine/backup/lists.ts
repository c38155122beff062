import { createReadStream } from 'node:fs'
import { appendFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Moment } from './gather.ts'
import { linesOf, snapshotLine, type Part, type SnapshotFile, type SnapshotThumbnail } from './snapshot.ts'
import { thumbnailsOf, type ThumbnailSource } from './thumbnails.ts'

const batchChars = 1 << 18

/** The small pictures of a moment, in a file of the scratch folder. */
export interface ThumbnailList {
  all(): AsyncGenerator<SnapshotThumbnail>
}

/** Lists the small pictures of a moment. */
export async function listThumbnails(
  given: ThumbnailSource & { readonly moment: Moment; readonly scratch: string },
): Promise<ThumbnailList> {
  const path = join(given.scratch, 'thumbnails.jsonl')
  const found = thumbnailsOf(given, given.moment.originals())
  await writeFile(path, batched(found), { mode: 0o600 })
  return {
    async *all() {
      for await (const line of linesOf({ chunks: createReadStream(path) })) yield JSON.parse(line) as SnapshotThumbnail
    },
  }
}

async function* batched(lines: AsyncIterable<object>): AsyncGenerator<string> {
  let text = ''
  for await (const line of lines) {
    text += `${JSON.stringify(line)}\n`
    if (text.length < batchChars) continue
    yield text
    text = ''
  }
  yield text
}

export interface Lists {
  readonly parts: readonly Part[]
  readonly files: number
  readonly bytes: number
  readonly thumbnails: number
  readonly problems: readonly {
    readonly path: string
    readonly mediaId: string
    readonly sha256: string
    readonly reason: 'missing' | 'damaged'
  }[]
}

/** Writes what a snapshot lists, without what could not be saved, and the script that puts it back by hand. */
export async function writeLists(
  moment: Moment,
  thumbnails: ThumbnailList | null,
  scratch: string,
  bad: ReadonlyMap<string, 'missing' | 'damaged'>,
): Promise<Lists> {
  const paths = {
    files: join(scratch, 'files.jsonl'),
    thumbnails: join(scratch, 'kept.jsonl'),
    place: join(scratch, 'place.sh'),
  }
  const place = placeScript(paths.place)
  const problems: Lists['problems'][number][] = []
  const count = { files: 0, bytes: 0, thumbnails: 0 }
  async function* kept(): AsyncGenerator<SnapshotFile> {
    for await (const each of moment.originals()) {
      const { sha256, source, mediaId, size } = each
      const reason = bad.get(sha256)
      if (reason !== undefined) {
        problems.push({ path: source, mediaId, sha256, reason })
        continue
      }
      count.files += 1
      count.bytes += size
      await place.add(each)
      yield snapshotLine(each)
    }
  }
  async function* keptThumbnails(list: ThumbnailList): AsyncGenerator<SnapshotThumbnail> {
    for await (const each of list.all()) {
      if (bad.has(each.sha256)) continue
      count.thumbnails += 1
      await place.add(each)
      yield each
    }
  }
  await writeFile(paths.files, batched(kept()), { mode: 0o600 })
  if (thumbnails) await writeFile(paths.thumbnails, batched(keptThumbnails(thumbnails)), { mode: 0o600 })
  await place.end()
  const albums = moment.albums.map((each) => `${JSON.stringify(each)}\n`).join('')
  return {
    ...count,
    problems,
    parts: [
      { name: 'files.jsonl', file: paths.files },
      ...(thumbnails ? [{ name: 'thumbnails.jsonl', file: paths.thumbnails }] : []),
      { name: 'albums.jsonl', bytes: Buffer.from(albums) },
      { name: 'place.sh', file: paths.place },
    ],
  }
}

/** Copies extracted originals to their places, for a restore by hand. */
function placeScript(path: string): { add(file: SnapshotThumbnail): Promise<void>; end(): Promise<void> } {
  let text = `#!/bin/sh
# Copies originals/… to where they were in the vault. Run it in the folder that has originals/.
set -e
`
  const folders = new Set<string>()
  const flush = async (): Promise<void> => {
    await appendFile(path, text, { mode: 0o600 })
    text = ''
  }
  return {
    async add(file) {
      const folder = file.path.slice(0, file.path.lastIndexOf('/'))
      if (!folders.has(folder)) text += `mkdir -p ${quoted(folder)}\n`
      folders.add(folder)
      text += `cp ${quoted(`originals/${file.sha256}`)} ${quoted(file.path)}\n`
      if (text.length >= batchChars) await flush()
    },
    end: flush,
  }
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}
