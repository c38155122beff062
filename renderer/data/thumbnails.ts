import { addressOf, mediaEndpoints } from '../../main/contract/index.ts'
import { pageHeaders } from './browser-page.ts'
import { apiOrigin } from './client.ts'
import type { BatchAnswer, BatchRequest } from './thumbnail-batch.ts'

/** A box of the grid that waits for its picture. */
export interface WantedThumbnail {
  readonly id: string
  readonly size: 'grid' | 'viewer'
  /** Of the picture that is asked for, in device pixels; the one that is null follows from its shape. */
  readonly width: number | null
  readonly height: number | null
  /** How far it is from what the person looks at; asked again at every turn, since people scroll. */
  distance(): number
  /** To be drawn at once: the bitmap is only lent. */
  show(bitmap: ImageBitmap): void
  /** There is no picture, or none that can be read. */
  fail(): void
}

/** About one screen. The next one begins when it is here: what is in view has the processor for itself. */
const mostAtOnce = 24
const retryMs = 1000
/** Decoded pictures that are kept to be shown again: about two screens. */
const mostKeptBytes = 16 * 1024 * 1024

/**
 * Brings the pictures of the grid: many in one request, since each request costs more than its picture, and the nearest
 * first. Anyone who has scrolled away leaves the queue, and a request nobody waits for is ended, so that a jump
 * across years does not wait for everything between. The pictures are decoded on a thread of their own, to the size
 * they are shown in, and counted: what the browser keeps for `<img>` grows to half a gigabyte.
 */
export class ThumbnailLoader {
  readonly #waiting = new Set<WantedThumbnail>()
  readonly #kept = new BitmapCache(mostKeptBytes)
  /** What is on its way, and who of it is still waited for. */
  #batch: Batch | null = null
  #worker: Worker | null = null
  #lastBatch = 0
  #isDue = false

  /** Shows a picture that is here before it returns; any other when it comes. Returns the way out of the queue. */
  request(wanted: WantedThumbnail): () => void {
    const bitmap = this.#kept.get(keyOf(wanted))
    if (bitmap) {
      wanted.show(bitmap)
      return () => {}
    }
    this.#waiting.add(wanted)
    this.#pumpSoon()
    return () => this.#leave(wanted)
  }

  #leave(wanted: WantedThumbnail): void {
    this.#waiting.delete(wanted)
    const batch = this.#batch
    if (batch?.wanted.delete(wanted) && batch.wanted.size === 0) this.#ask({ end: batch.number })
  }

  /** Once for all the tiles that appear together. */
  #pumpSoon(): void {
    if (this.#isDue) return
    this.#isDue = true
    queueMicrotask(() => {
      this.#isDue = false
      this.#pump()
    })
  }

  #pump(): void {
    if (this.#batch || this.#waiting.size === 0) return
    const nearest = [...this.#waiting]
      .map((each) => ({ each, distance: each.distance() }))
      .toSorted((one, other) => one.distance - other.distance)
      .map(({ each }) => each)
    const size = nearest[0]?.size ?? 'grid'
    const members = nearest.filter((each) => each.size === size).slice(0, mostAtOnce)
    for (const member of members) this.#waiting.delete(member)
    this.#batch = { number: ++this.#lastBatch, members, wanted: new Set(members) }
    const address = addressOf(mediaEndpoints.thumbnails, { query: { size, ids: members.map(({ id }) => id) } })
    this.#ask({
      bring: this.#lastBatch,
      url: new URL(apiOrigin + address, location.href).href,
      headers: pageHeaders(),
      boxes: members.map(({ width, height }) => ({ width, height })),
    })
  }

  #ask(request: BatchRequest): void {
    if (!this.#worker) {
      this.#worker = new Worker(new URL('thumbnail-worker.ts', import.meta.url), { type: 'module' })
      this.#worker.addEventListener('message', ({ data }: MessageEvent<BatchAnswer>) => this.#hear(data))
    }
    this.#worker.postMessage(request)
  }

  #hear(answer: BatchAnswer): void {
    const batch = this.#batch
    if (batch?.number !== answer.batch) return
    if (answer.kind === 'picture') this.#take(batch, batch.members[answer.index], answer.bitmap)
    else if (answer.kind === 'done') this.#end(batch)
    // The engine may be starting again; anyone who still waits gets another turn.
    else setTimeout(() => this.#end(batch), retryMs)
  }

  #take(batch: Batch, wanted: WantedThumbnail | undefined, bitmap: ImageBitmap | null): void {
    if (!wanted) return
    if (bitmap) this.#kept.add(keyOf(wanted), bitmap)
    if (!batch.wanted.delete(wanted)) return
    if (bitmap) wanted.show(bitmap)
    else wanted.fail()
  }

  #end(batch: Batch): void {
    this.#batch = null
    for (const wanted of batch.wanted) this.#waiting.add(wanted)
    this.#pump()
  }
}

interface Batch {
  readonly number: number
  readonly members: readonly WantedThumbnail[]
  readonly wanted: Set<WantedThumbnail>
}

/** The most recently used bitmaps, as far as they fit. */
class BitmapCache {
  readonly #bitmaps = new Map<string, ImageBitmap>()
  readonly #mostBytes: number
  #bytes = 0

  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes
  }

  get(key: string): ImageBitmap | undefined {
    const bitmap = this.#bitmaps.get(key)
    if (!bitmap) return undefined
    this.#bitmaps.delete(key)
    this.#bitmaps.set(key, bitmap)
    return bitmap
  }

  add(key: string, bitmap: ImageBitmap): void {
    this.#drop(key)
    this.#bitmaps.set(key, bitmap)
    this.#bytes += bytesOf(bitmap)
    for (const oldest of this.#bitmaps.keys()) {
      if (this.#bytes <= this.#mostBytes || oldest === key) return
      this.#drop(oldest)
    }
  }

  #drop(key: string): void {
    const bitmap = this.#bitmaps.get(key)
    if (!bitmap) return
    this.#bitmaps.delete(key)
    this.#bytes -= bytesOf(bitmap)
    bitmap.close()
  }
}

function bytesOf({ width, height }: ImageBitmap): number {
  return width * height * 4
}

function keyOf({ id, size, width, height }: WantedThumbnail): string {
  return `${id}/${size}/${width}x${height}`
}
