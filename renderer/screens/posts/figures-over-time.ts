import type { PostDetail } from '../../../main/contract/index.ts'

export interface FigureLine {
  readonly name: string
  readonly first: number
  readonly last: number
  /** When it was first noted. */
  readonly since: string
  /** Points of a line, from 0 to 1 each way, the later to the right, the more the higher up. */
  readonly points: readonly (readonly [x: number, y: number])[]
}

/** Each figure of a post that has moved, in the order of the latest. */
export function figuresOverTime(engagement: PostDetail['engagement']): readonly FigureLine[] {
  const names = new Set(engagement.toReversed().flatMap(({ figures }) => Object.keys(figures)))
  return [...names].flatMap((name) => {
    const noted = engagement.flatMap(({ at, figures }) => {
      const value = figures[name]
      return value === undefined ? [] : [{ at, time: Date.parse(at), value }]
    })
    const [from, to] = [noted[0], noted.at(-1)]
    const most = Math.max(...noted.map(({ value }) => value))
    if (!from || !to || noted.every(({ value }) => value === from.value)) return []
    const long = Math.max(to.time - from.time, 1)
    const points = noted.map(({ time, value }) => [(time - from.time) / long, 1 - value / most] as const)
    return [{ name, first: from.value, last: to.value, since: from.at, points }]
  })
}
