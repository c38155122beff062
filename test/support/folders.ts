import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { TestContext } from 'vitest'

/** An empty folder that is removed when the test ends. */
export async function temporaryFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'coffer-test-'))
  t.onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 3 }))
  return folder
}

export const projectRoot = resolve(import.meta.dirname, '../..')
/** Real photos and damaged files that lie beside the checkout; a public clone has none and skips what needs them. */
export const samples = resolve(projectRoot, '../shared/samples')
export const withoutSamples = !existsSync(samples)
