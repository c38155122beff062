import { once } from 'node:events'
import { rename } from 'node:fs/promises'
import type { z } from 'zod'
import { systemCode } from '../base/errors.ts'
import { createInside, openInside, pathInside, removeInside } from '../base/inside.ts'
import { lineCutter } from '../base/lines.ts'

/**
 * Writes a text file of an export piece by piece under a name of its own and gives it its place when it is whole. The folder may
 * have been in other hands since: no link in it is followed. For its owner's eyes only.
 */
export async function writeWhole(
  dir: string,
  path: string,
  fill: (write: (text: string) => Promise<void>) => Promise<void>,
): Promise<void> {
  const part = `${path}.part`
  await removeInside(dir, part)
  const out = (await createInside(dir, part)).createWriteStream({ highWaterMark: 1 << 20 })
  const failed = once(out, 'error').then(([error]) => {
    throw error
  })
  failed.catch(() => {})
  try {
    await fill(async (text) => {
      if (!out.write(text)) await Promise.race([once(out, 'drain'), failed])
    })
    out.end()
    await Promise.race([once(out, 'close'), failed])
  } catch (error) {
    out.destroy()
    await removeInside(dir, part)
    throw error
  }
  await rename(pathInside(dir, part), pathInside(dir, path))
}

/** A small text file, replaced whole. */
export async function writeText(dir: string, path: string, text: string): Promise<void> {
  await writeWhole(dir, path, (write) => write(text))
}

/** A small text file of an export; null when there is none, or something else in its place. */
export async function readText(dir: string, path: string): Promise<string | null> {
  try {
    await using file = await openInside(dir, path)
    return await file.readFile('utf8')
  } catch {
    // Absent, a link, or not to be read: in each case there is no file of ours.
    return null
  }
}

/** The lines of a JSONL file that fit a schema; `onBad` hears of the others. A file that is not there has none. */
export async function* readLines<T>(
  dir: string,
  path: string,
  schema: z.ZodType<T>,
  onBad: (line: number) => void = () => {},
): AsyncGenerator<T> {
  const opened = await openInside(dir, path).catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT') return null
    throw error
  })
  if (opened === null) return
  const file = opened.createReadStream({ encoding: 'utf8', highWaterMark: 1 << 20 })
  let number = 0
  const cut = lineCutter()
  function* read(lines: readonly string[]): Generator<T> {
    for (const line of lines) {
      number += 1
      const value = parsed(line, schema)
      if (value !== null) yield value
      else if (line.trim() !== '') onBad(number)
    }
  }
  // Captions may hold other marks that readers of text take for the end of a line.
  for await (const chunk of file) yield* read(cut.add(String(chunk)))
  yield* read(cut.end())
}

function parsed<T>(line: string, schema: z.ZodType<T>): T | null {
  try {
    const result = schema.safeParse(JSON.parse(line))
    return result.success ? result.data : null
  } catch {
    // No JSON: an editor or a cut-off copy has been at it.
    return null
  }
}
