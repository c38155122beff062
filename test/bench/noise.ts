import { createHash } from 'node:crypto'
import { median } from './report.ts'

/** Work that takes the same time whenever nobody else wants the processor: about ten milliseconds. */
const piece = Buffer.alloc(8 << 20, 'coffer')
const times = 20
/** Above this, what one contender lost to others is as much as what the bench is to tell. */
const mostSpread = 1.2

const taken: number[] = []

/** Measures how evenly the computer works right now. Called between what is measured, never during it. */
export function probe(): void {
  for (let time = 0; time < times; time += 1) {
    const startedMs = performance.now()
    createHash('sha256').update(piece).digest()
    taken.push(performance.now() - startedMs)
  }
}

/** What the probes say; `isNoisy` when figures of this run tell of other work on this computer as much as of Coffer. */
export function noise(): { readonly isNoisy: boolean; readonly sentence: string } {
  const sorted = [...taken].sort((one, other) => one - other)
  const [least = Number.NaN, often = Number.NaN] = [sorted[0], sorted[Math.floor(sorted.length * 0.9)]]
  const isNoisy = often / least > mostSpread
  const figures = [least, median(sorted), often].map((ms) => ms.toFixed(1)).join(' / ')
  const words = isNoisy ? 'TOO NOISY TO TELL: close other programs and run it again' : 'quiet enough'
  return { isNoisy, sentence: `The same piece of work took ${figures} ms (least / median / nine in ten): ${words}.` }
}
