import { rm, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { albumEndpoints, mediaEndpoints, typeEndpoints, type ImportItem } from '../../contract/index.ts'
import { CofferError } from '../base/errors.ts'
import { personalScratch } from '../base/scratch.ts'
import { startEngine } from '../engine.ts'
import { clientOf, type Client } from './client.ts'
import { paint } from './demo-pictures.ts'
import { posts, records, trips, type Trip } from './demo-story.ts'
import { exitCodes, plural, type Output } from './output.ts'
import { importAndWait } from './run-import.ts'

interface Made {
  readonly id: string
  readonly type: string
}

/** `coffer demo`: a vault with a life in it, from pictures that are painted here. The same number gives the same vault. */
export async function demo(
  dir: string,
  options: { readonly photos?: string; readonly user?: string },
  output: Output,
  interrupted: AbortSignal,
): Promise<number> {
  const photos = Number(options.photos ?? 64)
  if (!Number.isInteger(photos) || photos < 1 || photos > 5000) {
    throw new CofferError('--photos must be a number from 1 to 5000.', { code: 'wrong-usage' })
  }
  const startedMs = performance.now()
  await using engine = startEngine({ stateDir: null })
  const vault = await engine.create(dir, {
    name: 'Demo',
    ...(options.user !== undefined && { username: options.user }),
  })
  const client = await clientOf(engine, {
    user: undefined,
    keyPassphrase: () => Promise.resolve(undefined),
    password: () => Promise.reject(new CofferError('A demo vault has no password.', { code: 'unauthorized' })),
  })
  const folder = await personalScratch('demo')
  try {
    const painted = await paintAll(folder, photos, output, interrupted)
    output.say('Importing them.')
    const { items } = await importAndWait(client, output, { paths: [folder] }, interrupted)
    const shots = new Map(painted.map(({ path, trip }) => [path, trip]))
    const counts = await tell(client, items, shots)
    const seconds = Math.round((performance.now() - startedMs) / 100) / 10
    output.answer({ vault: vault.dir, media: items.length, objects: counts, seconds }, [
      `A demo vault was created at ${vault.dir}.`,
      `${plural(items.length, 'photo', 'photos')}, ${Object.entries(counts)
        .map(([name, count]) => `${count} ${name.replaceAll('-', ' ')}`)
        .join(', ')}.`,
    ])
    return exitCodes.done
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 })
  }
}

async function paintAll(
  folder: string,
  photos: number,
  output: Output,
  interrupted: AbortSignal,
): Promise<{ path: string; trip: Trip }[]> {
  const painted: { path: string; trip: Trip }[] = []
  for (let number = 0; number < photos; number += 1) {
    if (interrupted.aborted) throw new CofferError('Stopped before the demo was complete.', { code: 'cancelled' })
    const trip = trips[number % trips.length]
    if (!trip) break
    const nth = Math.floor(number / trips.length)
    const perTrip = Math.ceil(photos / trips.length)
    const moment = new Date(
      Date.parse(`${trip.from}T07:40:00Z`) + (nth / perTrip) * trip.days * 86_400_000 + ((number * 37) % 9) * 3_600_000,
    )
    const takenLocal = moment.toISOString().slice(0, 19)
    const bytes = await paint({
      kind: trip.kinds[nth % trip.kinds.length] ?? 'meadow',
      takenLocal,
      offset: trip.offset,
      camera: trip.camera,
      place: trip.place && {
        latitude: trip.place.latitude + (((number * 7919) % 97) - 48) / 900,
        longitude: trip.place.longitude + (((number * 104_729) % 97) - 48) / 700,
      },
      seed: number + 1,
      isPortrait: number % 5 === 3,
    })
    const path = join(folder, `${trip.camera[1].replaceAll(' ', '')}_${String(1000 + number)}.jpg`)
    await writeFile(path, bytes)
    // A file touched a moment ago might still be written, and the import would wait for it.
    await utimes(path, moment, moment)
    painted.push({ path, trip })
    output.progress(`Painting ${number + 1} of ${photos}`)
  }
  return painted
}

/** Files the photos into albums, tags and links them, and adds what else a life leaves. */
async function tell(
  client: Client,
  items: readonly ImportItem[],
  shots: ReadonlyMap<string, Trip>,
): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  const make = async (path: string, input: Record<string, unknown>): Promise<Made> => {
    counts[path] = (counts[path] ?? 0) + 1
    const verbs = [...typeEndpoints.values()].find((each) => each.list.path === `/${path}`)?.verbs
    if (!verbs) throw new Error(`${path} are not made like other objects`)
    return client.call(verbs.create, { body: input })
  }
  const link = (from: Made, to: Made, kind: string) =>
    make('links', {
      from_object_id: from.id,
      from_object_type: from.type,
      to_object_id: to.id,
      to_object_type: to.type,
      link_type: kind,
    })
  const made = new Map<string, Made>()
  for (const [path, wishes] of Object.entries(records)) {
    for (const input of wishes) {
      const one = await make(path, input)
      const name = input['display_name'] ?? input['title']
      if (typeof name === 'string') made.set(name, one)
    }
  }
  for (const word of new Set(trips.flatMap((trip) => trip.tags)))
    made.set(`#${word}`, await make('tags', { name: word }))
  for (const trip of trips) {
    const mediaIds = items.filter((item) => shots.get(item.path) === trip).flatMap((item) => item.mediaId ?? [])
    if (mediaIds.length === 0) continue
    const body = { name: trip.album, description: trip.about, mediaIds }
    const album = await client.call(albumEndpoints.create, { body })
    counts['albums'] = (counts['albums'] ?? 0) + 1
    made.set(trip.album, album)
    const place =
      trip.place &&
      (await make('locations', {
        latitude: trip.place.latitude,
        longitude: trip.place.longitude,
        place_name: trip.place.name,
      }))
    for (const [nth, id] of mediaIds.entries()) {
      const photo = { id, type: 'media' }
      for (const word of trip.tags) await link(photo, made.get(`#${word}`) ?? photo, 'tagged_with')
      if (place && nth === 0) await link(photo, place, 'taken_at')
      const person = made.get(trip.people[nth % Math.max(trip.people.length, 1)] ?? '')
      if (person && nth % 3 === 1) await link(photo, person, 'depicts')
    }
    const [best] = mediaIds
    if (best === undefined) continue
    await client.call(mediaEndpoints.edit, {
      params: { id: best },
      body: { isFavorite: true, rating: 5, description: trip.about },
    })
  }
  for (const [note, album] of [
    ['Packing list for the north', 'Lofoten, winter light'],
    ['Pastéis de nata', 'A weekend in Lisbon'],
    ['Iceland, what we would do again', 'Iceland, all the way round'],
  ] as const) {
    const [from, to] = [made.get(note), made.get(album)]
    if (from && to) await link(from, to, 'related_to')
  }
  const account = await make('integrations', {
    platform: 'mastodon',
    username: 'demo',
    platform_user_id: 'demo@example.social',
    status: 'disconnected',
    auth_kind: 'archive',
  })
  for (const [number, { at, text }] of posts.entries()) {
    await make('posts', {
      account_id: account.id,
      platform: 'mastodon',
      platform_post_id: `demo-${number + 1}`,
      text_content: text,
      author_handle: 'demo@example.social',
      created_at_platform: at,
      engagement: { favourites: 3 + number * 7, boosts: number },
    })
  }
  return counts
}
