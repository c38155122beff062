/// <reference lib="dom" />
import type { Page } from 'playwright-core'
import { setSize, type RunningApp } from '../app/electron.ts'

export const windowSize = { width: 1440, height: 900 }

export interface WindowFigures {
  /** Milliseconds from the start of the program to the first pictures. */
  readonly cold: number
  readonly jumps: readonly number[]
  readonly frames: readonly number[]
  readonly memoryMb: number
}

/** What both pages say of themselves: a tile has its picture when something in it is marked as loaded. */
const loaded = '[data-loaded="true"]'

/** Starts a window with very many pictures, jumps and scrolls in it, and ends it. */
export async function measured(start: () => Promise<RunningApp>): Promise<WindowFigures> {
  const startedMs = performance.now()
  const app = await start()
  const { window } = app
  try {
    await window.waitForFunction((mark) => document.querySelector(mark) !== null, loaded, { timeout: 120_000 })
    const cold = performance.now() - startedMs
    await setSize(app, windowSize.width, windowSize.height)
    await shown(window)
    const jumps: number[] = []
    for (let jump = 0; jump < 15; jump += 1) jumps.push(await jumpTo(window, Math.random()))
    const frames = await scrollFor(window, 10_000)
    for (let place = 0; place <= 60; place += 1) await jumpTo(window, place / 60)
    const memoryMb = await app.electron.evaluate(({ app: shell }) => {
      const tab = shell.getAppMetrics().find((each) => each.type === 'Tab')
      return (tab?.memory.workingSetSize ?? 0) / 1024
    })
    return { cold, jumps, frames, memoryMb }
  } finally {
    await app.electron.close()
  }
}

/** Waits until every tile in view has its picture. */
async function shown(window: Page): Promise<void> {
  await window.waitForFunction(
    (mark) => {
      const page = globalThis as unknown as { tilesNear?: () => readonly HTMLElement[] }
      const near = page.tilesNear?.() ?? [...document.querySelectorAll<HTMLElement>('[data-tile]')]
      const tiles = near.filter((tile) => {
        const box = tile.getBoundingClientRect()
        return box.bottom > 120 && box.top < innerHeight - 40
      })
      return tiles.length > 0 && tiles.every((tile) => tile.querySelector(mark))
    },
    loaded,
    { timeout: 60_000, polling: 'raf' },
  )
}

async function jumpTo(window: Page, share: number): Promise<number> {
  const startedMs = performance.now()
  await window.evaluate((to) => {
    const scroller = [...document.querySelectorAll('*')].find((each) => each.scrollHeight > each.clientHeight * 3)
    if (scroller) scroller.scrollTop = to * (scroller.scrollHeight - scroller.clientHeight)
  }, share)
  await shown(window)
  return performance.now() - startedMs
}

/** Milliseconds between frames while the page moves at about four screens a second. */
function scrollFor(window: Page, duration: number): Promise<number[]> {
  return window.evaluate(
    (total) =>
      new Promise<number[]>((done) => {
        const scroller = [...document.querySelectorAll('*')].find((each) => each.scrollHeight > each.clientHeight * 3)
        const frames: number[] = []
        const from = performance.now()
        let last = from
        const step = (now: number): void => {
          frames.push(now - last)
          last = now
          scroller?.scrollBy(0, 60)
          if (now - from < total) requestAnimationFrame(step)
          else done(frames.slice(1))
        }
        requestAnimationFrame(step)
      }),
    duration,
  )
}
