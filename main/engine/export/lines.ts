import { once } from 'node:events'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { z } from 'zod'
import { systemCode } from '../base/errors.ts'

/** Writes a text file piece by piece under a name of its own and gives it its place when it is whole. */
export async function writeWhole(
  path: string,
  fill: (write: (text: string) => Promise<void>) => Promise<void>,
): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  const part = `${path}.part`
  const out = createWriteStream(part, { highWaterMark: 1 << 20 })
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
    await rm(part, { force: true })
    throw error
  }
  await rename(part, path)
}

/** A small text file, replaced whole. */
export async function writeText(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(`${path}.part`, text)
  await rename(`${path}.part`, path)
}

/** The lines of a JSONL file that fit a schema; `onBad` hears of the others. A file that is not there has none. */
export async function* readLines<T>(
  path: string,
  schema: z.ZodType<T>,
  onBad: (line: number) => void = () => {},
): AsyncGenerator<T> {
  const file = createReadStream(path, { encoding: 'utf8', highWaterMark: 1 << 20 })
  try {
    await once(file, 'open')
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return
    throw error
  }
  let number = 0
  let rest = ''
  // Only a line feed ends a line: captions may hold other marks that readers of text take for an end.
  for await (const chunk of file) {
    const all = (rest + String(chunk)).split('\n')
    rest = all.pop() ?? ''
    for (const line of all) {
      number += 1
      const read = parsed(line, schema)
      if (read !== null) yield read
      else if (line.trim() !== '') onBad(number)
    }
  }
  const last = parsed(rest, schema)
  if (last !== null) yield last
  else if (rest.trim() !== '') onBad(number + 1)
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
