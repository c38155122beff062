/// <reference lib="dom" />
import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { cp } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Page } from 'playwright-core'
import { root, type RunningApp } from './electron.ts'

const samples = process.env['COFFER_SAMPLES'] ?? resolve(root, '../shared/samples/exif-samples')

/** A short video. */
export const recording = resolve(samples, '../formats/with-gps.mp4')

/** Tests that need real photos are left out where there are none. */
export const withSamples = {
  timeout: 120_000,
  skip: existsSync(samples) ? (false as const) : `no samples at ${samples}`,
}

/** The samples, copied to a folder such as people have. */
export async function copyPictures(stateDir: string, part = ''): Promise<string> {
  const pictures = join(stateDir, 'Pictures')
  await cp(join(samples, part), pictures, { recursive: true })
  return pictures
}

/** Makes a vault and brings photos in without touching the screens that are for it. */
export async function fillVault(
  { window }: RunningApp,
  stateDir: string,
  pictures: string,
  firstButton = 'Create vault',
): Promise<void> {
  await window.getByRole('button', { name: firstButton }).waitFor()
  await window.evaluate(
    async ({ path, paths }) => {
      const send = (to: string, body: unknown): Promise<Response> =>
        fetch(`coffer://vault/api/v1/${to}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        })
      await send('vault/create', { path, name: 'Coffer' })
      await send('imports', { paths })
    },
    { path: join(stateDir, 'vault'), paths: [pictures] },
  )
  await importEnds(window)
  await window.getByRole('heading', { level: 3 }).first().waitFor()
}

export async function importEnds(window: Page): Promise<void> {
  await eventually(async () => {
    const { items } = await window.evaluate(
      async () =>
        (await fetch('coffer://vault/api/v1/imports')).json() as Promise<{ items: readonly { status: string }[] }>,
    )
    assert.equal(items[0]?.status, 'done')
  }, 90_000)
}

export interface Days {
  readonly total: number
  readonly items: readonly { readonly day: string | null; readonly count: number }[]
}

/** What the window itself is told; a call made while the engine is away waits for it. */
export function daysOf(window: Page): Promise<Days> {
  return window.evaluate(async () => (await fetch('coffer://vault/api/v1/timeline/days')).json() as Promise<Days>)
}

/** Repeats a check until it holds, for what comes in its own time. */
export async function eventually(check: () => Promise<void>, timeoutMs = 10_000): Promise<void> {
  const deadline = Date.now() + timeoutMs
  for (;;) {
    try {
      await check()
      return
    } catch (error) {
      if (Date.now() > deadline) throw error
      await new Promise((resolve) => setTimeout(resolve, 250))
    }
  }
}
