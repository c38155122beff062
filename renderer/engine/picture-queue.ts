/** A picture that waits for its turn. */
export interface QueuedPicture {
  /** How far it is from what the person looks at; asked again at every turn, since people scroll. */
  distance(): number
  start(): void
}

const atOnce = 10

/**
 * Lets a few pictures load at a time, the nearest first. Whoever has scrolled away leaves the queue, so that a jump
 * across years does not wait for everything between.
 */
export class PictureQueue {
  readonly #waiting = new Set<QueuedPicture>()
  readonly #loading = new Set<QueuedPicture>()
  #isDue = false

  add(picture: QueuedPicture): void {
    this.#waiting.add(picture)
    this.#pumpSoon()
  }

  /** It has come, has failed, or is not wanted any more. */
  remove(picture: QueuedPicture): void {
    this.#waiting.delete(picture)
    if (this.#loading.delete(picture)) this.#pumpSoon()
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
    while (this.#loading.size < atOnce) {
      let nearest: QueuedPicture | null = null
      let least = Infinity
      for (const picture of this.#waiting) {
        const distance = picture.distance()
        if (distance < least || !nearest) [nearest, least] = [picture, distance]
      }
      if (!nearest) return
      this.#waiting.delete(nearest)
      this.#loading.add(nearest)
      nearest.start()
    }
  }
}
