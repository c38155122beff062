import { appendFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { PointInTime } from './gather.ts'
import { jsonLines, recordsIn, snapshotLine, type Part, type SnapshotFile, type SnapshotThumbnail } from './snapshot.ts'
import { thumbnailsOf, type ThumbnailSource } from './thumbnails.ts'

/** The small pictures of a moment, in a file of the scratch folder. */
export interface ThumbnailList {
  all(): AsyncGenerator<readonly SnapshotThumbnail[]>
}

/** Lists the small pictures of a moment. */
export async function listThumbnails(
  given: ThumbnailSource & { readonly moment: PointInTime; readonly scratch: string },
): Promise<ThumbnailList> {
  const path = join(given.scratch, 'thumbnails.jsonl')
  const found = thumbnailsOf(given, given.moment.originals())
  await writeFile(path, asLines(found), { mode: 0o600 })
  return { all: () => recordsIn<SnapshotThumbnail>(path) }
}

async function* asLines(records: AsyncIterable<readonly object[]>): AsyncGenerator<string> {
  for await (const some of records) yield jsonLines(some)
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
  moment: PointInTime,
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
  async function* kept(): AsyncGenerator<readonly SnapshotFile[]> {
    for await (const some of moment.originals()) {
      const whole = some.filter(({ sha256, source, mediaId }) => {
        const reason = bad.get(sha256)
        if (reason !== undefined) problems.push({ path: source, mediaId, sha256, reason })
        return reason === undefined
      })
      count.files += whole.length
      count.bytes += whole.reduce((sum, each) => sum + each.size, 0)
      await place.add(whole)
      yield whole.map(snapshotLine)
    }
  }
  async function* keptThumbnails(list: ThumbnailList): AsyncGenerator<readonly SnapshotThumbnail[]> {
    for await (const some of list.all()) {
      const whole = some.filter((each) => !bad.has(each.sha256))
      count.thumbnails += whole.length
      await place.add(whole)
      yield whole
    }
  }
  await writeFile(paths.files, asLines(kept()), { mode: 0o600 })
  if (thumbnails) await writeFile(paths.thumbnails, asLines(keptThumbnails(thumbnails)), { mode: 0o600 })
  await place.end()
  return {
    ...count,
    problems,
    parts: [
      { name: 'files.jsonl', file: paths.files },
      ...(thumbnails ? [{ name: 'thumbnails.jsonl', file: paths.thumbnails }] : []),
      { name: 'albums.jsonl', bytes: Buffer.from(jsonLines(moment.albums)) },
      { name: 'place.sh', file: paths.place },
    ],
  }
}

/** Copies extracted originals to their places, for a restore by hand. */
function placeScript(path: string): {
  add(files: readonly SnapshotThumbnail[]): Promise<void>
  end(): Promise<void>
} {
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
    async add(files) {
      for (const file of files) {
        const folder = file.path.slice(0, file.path.lastIndexOf('/'))
        if (!folders.has(folder)) text += `mkdir -p ${quoted(folder)}\n`
        folders.add(folder)
        text += `cp ${quoted(`originals/${file.sha256}`)} ${quoted(file.path)}\n`
      }
      await flush()
    },
    end: flush,
  }
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}
