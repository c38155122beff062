import type { Tile } from '../../../main/contract/index.ts'
import type { PhotoSequence } from '../../data/sequence.ts'
import type { PlacedTile, TimelineSpot } from '../../data/timeline.ts'

const nowhere = ''
const patienceMs = 10_000

/** The photos of a list, such as an album, as the viewer walks them; those beyond the last page are fetched when it gets there. */
export class ListSequence implements PhotoSequence {
  #tiles: readonly Tile[] = []
  #more: (() => void) | null = null
  readonly #waiting = new Set<() => void>()

  /** `more` fetches the next page; null when there is none. */
  show(tiles: readonly Tile[], more: (() => void) | null): void {
    this.#tiles = tiles
    this.#more = more
    for (const wake of this.#waiting) wake()
  }

  async beside(spot: TimelineSpot, step: 1 | -1): Promise<PlacedTile | null> {
    const at = this.#tiles.findIndex(({ id }) => id === spot.id)
    if (at < 0) return null
    if (step === 1 && at === this.#tiles.length - 1 && this.#more) await this.#grow(this.#more)
    const tile = this.#tiles[at + step]
    return tile ? { day: nowhere, tile } : null
  }

  async #grow(more: () => void): Promise<void> {
    const known = this.#tiles.length
    await new Promise<void>((done) => {
      const end = (): void => {
        clearTimeout(timer)
        this.#waiting.delete(wake)
        done()
      }
      const wake = (): void => {
        if (this.#tiles.length > known || !this.#more) end()
      }
      const timer = setTimeout(end, patienceMs)
      this.#waiting.add(wake)
      more()
    })
  }
}
