import { BadPayload, readTrack, stravaColumn, summaryOf } from '../../platforms/index.ts'
import { rows } from '../csv.ts'
import { isDamage } from '../damage.ts'
import { problem } from '../json.ts'
import { post } from '../post.ts'
import type { Draft, Source } from '../source.ts'
import type { Tree } from '../tree.ts'

const table = 'activities.csv'
const about = 'profile.csv'
/** Columns that every export has: fewer are another program's table. */
const fewestColumns = 12
const mostTrackBytes = 64 << 20

/** A bulk export of Strava. */
export const strava: Source = {
  name: 'strava',
  async recognise(tree) {
    const file = tree.find(table)
    const profile = await profileOf(tree)
    if (file === null || profile === null) return null
    const header = await firstRow(tree, table, 0)
    if (header === null || header.length < fewestColumns) return null
    return {
      platform: 'strava',
      account: {
        platformUserId: profile.id,
        username: null,
        displayName: profile.name,
        profileUrl: `https://www.strava.com/athletes/${profile.id}`,
      },
      refused: null,
    }
  },
  async *read(tree) {
    const profile = await profileOf(tree)
    if (profile)
      yield {
        kind: 'profile',
        locator: about,
        displayName: profile.name,
        bio: profile.bio,
        followers: null,
        following: null,
      }
    const file = tree.find(table)
    if (file === null) return
    let header: readonly string[] | null = null
    let index = 0
    for await (const cells of rows(file)) {
      if (header === null) {
        header = cells ?? []
        continue
      }
      const locator = `${table}#${index}`
      index += 1
      if (cells === null) yield problem(locator)
      else yield* activity(tree, locator, header, cells)
    }
  },
}

/** An activity, and a problem where its recording cannot be read or is not there: the activity comes without it. */
async function* activity(
  tree: Tree,
  locator: string,
  header: readonly string[],
  cells: readonly string[],
): AsyncIterable<Draft> {
  // What Strava could not write is called `#error#`.
  const path = stravaColumn(header, cells, 'file')
  const file = path === null || path === '#error#' ? null : tree.find(path)
  let track: object | null = null
  if (file) {
    try {
      track = { path, ...summaryOf(await readTrack(file.path, await file.bytes(mostTrackBytes))) }
    } catch (error) {
      if (!(error instanceof BadPayload) && !isDamage(error)) throw error
      yield problem(file.path)
    }
  } else if (path !== null && path !== '#error#') {
    yield { kind: 'problem', locator: path, reason: { code: 'archive-file-missing', details: { locator: path } } }
  }
  yield post(locator, 'strava.export', { header, cells, track })
}

interface Profile {
  readonly id: string
  readonly name: string | null
  readonly bio: string | null
}

/** By position: the names of the columns follow the language of the account. */
async function profileOf(tree: Tree): Promise<Profile | null> {
  const [id = '', , first = '', last = '', , description = ''] = (await firstRow(tree, about, 1)) ?? []
  return /^\d{1,20}$/.test(id) ? { id, name: `${first} ${last}`.trim() || null, bio: description || null } : null
}

async function firstRow(tree: Tree, path: string, at: number): Promise<readonly string[] | null> {
  const file = tree.find(path)
  if (file === null) return null
  let index = 0
  for await (const cells of rows(file)) {
    if (index === at) return cells
    index += 1
  }
  return null
}
