import { useSyncExternalStore } from 'react'
import { timelineEndpoints, type Tile, type TimelineDays, type TimelinePage } from '../../main/contract/index.ts'
import { call } from './client.ts'

/** The undated bucket is a day of its own, named as the API names it. */
export const undated = 'undated'

function isOlder(day: string, than: string): boolean {
  return than !== undated && (day === undated || day < than)
}

/** Where a photo stands in the timeline. */
export interface TimelineSpot {
  readonly day: string
  readonly id: string
}

export interface TimelineDay {
  readonly day: string
  readonly count: number
  /** What has been fetched, from the day's start. A new array whenever anything in it changed. */
  readonly tiles: readonly Tile[]
}

export interface Timeline {
  readonly status: 'loading' | 'ready' | 'failed'
  readonly error: unknown
  readonly total: number
  readonly days: readonly TimelineDay[]
}

interface Bucket {
  count: number
  tiles: readonly Tile[]
  next: string | null
  complete: boolean
  stale: boolean
  wanted: number
  loading: boolean
}

const firstPage = 500
const laterPage = 2000
const maxConcurrent = 4
const calmMs = 500
const retryMs = 2000
const nothing: readonly Tile[] = []

/**
 * The timeline as far as the window has needed it: the count of every day, and tiles of the days that came near the
 * viewport. Tiles of a changed day stay on screen until the new ones are here, so nothing flickers.
 */
export class TimelineStore {
  #timeline: Timeline = { status: 'loading', error: null, total: 0, days: [] }
  readonly #buckets = new Map<string, Bucket>()
  readonly #shown = new Map<string, TimelineDay>()
  readonly #listeners = new Set<() => void>()
  #wanted: string[] = []
  #running = 0
  #refresh: ReturnType<typeof setTimeout> | null = null
  #closed = false

  open(): void {
    this.#closed = false
    void this.#loadDays()
  }

  read = (): Timeline => this.#timeline

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  close(): void {
    this.#closed = true
    if (this.#refresh) clearTimeout(this.#refresh)
  }

  /** Something changed in the vault. Asks again soon, once for many changes. */
  invalidate(): void {
    this.#refresh ??= setTimeout(() => {
      this.#refresh = null
      for (const bucket of this.#buckets.values()) bucket.stale = true
      void this.#loadDays()
    }, calmMs)
  }

  /** Brings in the first `upTo` tiles of these days, the most wanted first. */
  want(days: readonly { readonly day: string; readonly upTo: number }[]): void {
    for (const { day, upTo } of days) {
      const bucket = this.#buckets.get(day)
      if (bucket) bucket.wanted = Math.max(bucket.wanted, Math.min(upTo, bucket.count))
    }
    this.#wanted = days.map((each) => each.day)
    this.#pump()
  }

  /** The tile beside this one in timeline order; fetches the next day when need be. */
  async beside(tile: TimelineSpot, step: 1 | -1): Promise<PlacedTile | null> {
    const days = this.#timeline.days
    let at = days.findIndex((each) => each.day === tile.day)
    if (at < 0) {
      // Its date has just been changed, or it was the last of its day: on from where that day would stand.
      const older = days.findIndex((each) => isOlder(each.day, tile.day))
      at = (older < 0 ? days.length : older) - (step === 1 ? 1 : 0)
    }
    await this.#whole(tile.day, 0)
    const here = this.#buckets.get(tile.day)?.tiles ?? nothing
    const index = here.findIndex((each) => each.id === tile.id)
    if (index >= 0) {
      if (index + step >= here.length) await this.#whole(tile.day, index + step + 1)
      const neighbour = (this.#buckets.get(tile.day)?.tiles ?? nothing)[index + step]
      if (neighbour) return { day: tile.day, tile: neighbour }
    }
    for (at += step; at >= 0 && at < days.length; at += step) {
      const day = days[at]
      if (!day) return null
      const tiles = await this.#whole(day.day, step === 1 ? 1 : day.count)
      const found = step === 1 ? tiles[0] : tiles.at(-1)
      if (found) return { day: day.day, tile: found }
    }
    return null
  }

  /** Every photo of a day. */
  async wholeDay(day: string): Promise<readonly TimelineSpot[]> {
    const tiles = await this.#whole(day, Infinity)
    return tiles.map(({ id }) => ({ day, id }))
  }

  /** Every photo from one to the other, both included, whichever comes first. */
  async between(one: TimelineSpot, other: TimelineSpot): Promise<readonly TimelineSpot[]> {
    const days = this.#timeline.days.map((each) => each.day)
    const ends = [days.indexOf(one.day), days.indexOf(other.day)]
    const from = Math.min(...ends)
    if (from < 0) return [other]
    const wholes = await Promise.all(days.slice(from, Math.max(...ends) + 1).map((day) => this.wholeDay(day)))
    const spots = wholes.flat()
    const places = [spots.findIndex(({ id }) => id === one.id), spots.findIndex(({ id }) => id === other.id)]
    return spots.slice(Math.max(Math.min(...places), 0), Math.max(...places) + 1)
  }

  /** Every photo there is. */
  async everything(): Promise<readonly TimelineSpot[]> {
    const spots: TimelineSpot[] = []
    for (const { day } of this.#timeline.days) spots.push(...(await this.wholeDay(day)))
    return spots
  }

  async #whole(day: string, upTo: number): Promise<readonly Tile[]> {
    const bucket = this.#buckets.get(day)
    if (!bucket) return nothing
    bucket.wanted = Math.max(bucket.wanted, Math.min(upTo, bucket.count))
    while (!this.#closed && needsMore(bucket)) {
      if (bucket.loading) await new Promise((resolve) => setTimeout(resolve, 20))
      else if (!(await this.#loadPage(day, bucket))) break
    }
    return bucket.tiles
  }

  async #loadDays(): Promise<void> {
    try {
      const answer = await call(timelineEndpoints.days, {})
      if (!this.#closed) this.#takeDays(answer)
    } catch (error) {
      if (this.#closed) return
      if (this.#timeline.status !== 'ready') this.#publish({ ...this.#timeline, status: 'failed', error })
      setTimeout(() => !this.#closed && this.invalidate(), retryMs)
    }
  }

  #takeDays(answer: TimelineDays): void {
    const present = new Set<string>()
    for (const { day, count } of answer.items) {
      const key = day ?? undated
      present.add(key)
      const bucket = this.#buckets.get(key)
      if (bucket) bucket.count = count
      else
        this.#buckets.set(key, {
          count,
          tiles: nothing,
          next: null,
          complete: false,
          stale: true,
          wanted: 0,
          loading: false,
        })
    }
    for (const key of this.#buckets.keys()) {
      if (present.has(key)) continue
      this.#buckets.delete(key)
      this.#shown.delete(key)
    }
    this.#publish({
      status: 'ready',
      error: null,
      total: answer.total,
      days: answer.items.map(({ day, count }) => this.#day(day ?? undated, count)),
    })
    this.#pump()
  }

  #day(day: string, count: number): TimelineDay {
    const tiles = this.#buckets.get(day)?.tiles ?? nothing
    const before = this.#shown.get(day)
    if (before && before.count === count && before.tiles === tiles) return before
    const now = { day, count, tiles }
    this.#shown.set(day, now)
    return now
  }

  #pump(): void {
    for (const day of this.#wanted) {
      if (this.#running >= maxConcurrent || this.#closed) return
      const bucket = this.#buckets.get(day)
      if (!bucket || bucket.loading || !needsMore(bucket)) continue
      this.#running += 1
      void this.#loadPage(day, bucket).then((came) => {
        this.#running -= 1
        if (came) this.#pump()
        else setTimeout(() => this.#pump(), retryMs)
      })
    }
  }

  /** Fetches one page more, or a stale day from its start again, as far as it had been fetched before. */
  async #loadPage(day: string, bucket: Bucket): Promise<boolean> {
    bucket.loading = true
    const fresh = bucket.stale
    try {
      let tiles: Tile[] = []
      let cursor = fresh ? null : bucket.next
      const enough = fresh ? Math.max(bucket.tiles.length, 1) : 1
      if (fresh) bucket.stale = false
      do {
        const limit = cursor === null ? firstPage : laterPage
        const page: TimelinePage = await call(timelineEndpoints.tiles, {
          query: { day, limit, ...(cursor !== null && { cursor }) },
        })
        tiles = tiles.length === 0 ? page.items : tiles.concat(page.items)
        cursor = page.next
      } while (cursor !== null && tiles.length < enough)
      bucket.tiles = fresh ? sameTiles(bucket.tiles, tiles) : bucket.tiles.concat(tiles)
      bucket.next = cursor
      bucket.complete = cursor === null
      this.#publishDay(day)
      return true
    } catch {
      // The engine may be starting again; anyone who still wants this day asks again shortly.
      if (fresh) bucket.stale = true
      return false
    } finally {
      bucket.loading = false
    }
  }

  #publishDay(day: string): void {
    const days = this.#timeline.days.map((each) => (each.day === day ? this.#day(day, each.count) : each))
    this.#publish({ ...this.#timeline, days })
  }

  #publish(timeline: Timeline): void {
    this.#timeline = timeline
    for (const listener of this.#listeners) listener()
  }
}

export interface PlacedTile {
  readonly day: string
  readonly tile: Tile
}

function needsMore(bucket: Bucket): boolean {
  if (bucket.stale) return bucket.count > 0
  return !bucket.complete && bucket.tiles.length < bucket.wanted
}

/** Keeps the old array when the new one says the same, so that nothing is laid out again for nothing. */
function sameTiles(before: readonly Tile[], after: readonly Tile[]): readonly Tile[] {
  const same =
    before.length === after.length &&
    before.every((tile, index) => {
      const other = after[index]
      return (
        other !== undefined &&
        tile.id === other.id &&
        tile.hasThumbnail === other.hasThumbnail &&
        tile.thumbHash === other.thumbHash &&
        tile.width === other.width &&
        tile.height === other.height &&
        tile.takenLocal === other.takenLocal &&
        tile.isFavorite === other.isFavorite
      )
    })
  return same ? before : after
}

export function useTimeline(store: TimelineStore): Timeline {
  return useSyncExternalStore(store.subscribe, store.read)
}
