/// <reference lib="dom" />
import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { chooseInMenu, startApp, type RunningApp } from './electron.ts'

/** A database that is opened, on a busy computer. */
const slow = { timeout: 90_000 }

describe('vaults that open only when somebody says so', { timeout: 300_000 }, () => {
  let stateDir = ''
  let dir = ''
  let app: RunningApp
  let window: Page

  before(async () => {
    stateDir = await mkdtemp(join(tmpdir(), 'coffer-trust-'))
    dir = join(stateDir, 'vault')
    app = await startApp({ stateDir })
    window = app.window
    await window.getByRole('button', { name: 'Create vault' }).waitFor()
    assert.equal(await ask('vault/create', { path: dir, name: 'Coffer' }), 200)
  })
  after(async () => {
    await app.electron.close()
    await rm(stateDir, { recursive: true, force: true })
  })

  const ask = (path: string, body: unknown): Promise<number> =>
    window.evaluate(
      async ([to, given]) =>
        (
          await fetch(`coffer://vault/api/v1/${to}`, {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: given,
          })
        ).status,
      [path, JSON.stringify(body)] as const,
    )

  test('one that was stepped back says so, and is brought up to date with a click', async () => {
    assert.equal(await ask('database/rollback', { to: 32 }), 200)
    await window.getByRole('alert').getByText('stepped back').waitFor()
    // What another computer sealed means nothing here.
    await writeFile(join(dir, 'vault.seal'), `${'0'.repeat(64)}\n`)
    await window.getByRole('button', { name: 'Open an existing vault' }).click()
    await window.getByLabel('Folder').fill(dir)
    await window.getByRole('button', { name: 'Open vault' }).click()
    await window.getByRole('button', { name: 'Update vault' }).click(slow)
    await window.getByRole('navigation').first().waitFor(slow)
  })

  test('one of another computer is trusted in the settings', async () => {
    await chooseInMenu(app, 'Settings…')
    const problem = window.getByText('made on another computer')
    await problem.waitFor(slow)
    await window.getByRole('button', { name: 'Trust this vault' }).click()
    await problem.waitFor({ state: 'detached', ...slow })
  })
})
