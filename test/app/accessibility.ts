/// <reference lib="dom" />
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** Nothing that axe calls serious or critical, in either theme. */
export async function assertAccessible(window: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await window.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    // What is still fading in has the contrast of that moment only.
    await window.evaluate(async () => {
      const ending = document.getAnimations().filter((each) => each.effect?.getComputedTiming().endTime !== Infinity)
      await Promise.allSettled(ending.map((each) => each.finished))
    })
    // The page's own policy allows no foreign script, so it comes in through the debugger.
    await window.evaluate(source)
    const { violations } = await window.evaluate<AxeResults>('axe.run()')
    const grave = violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => ({ id, where: nodes.map((node) => `${node.target.join(' ')}: ${node.failureSummary}`) }))
    assert.deepEqual(grave, [], colorScheme)
  }
  await window.emulateMedia({ colorScheme: 'light', reducedMotion: 'no-preference' })
}
