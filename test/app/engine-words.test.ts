/// <reference lib="dom" />
import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { errorCodes, type ErrorCode } from '../../main/contract/index.ts'
import { de } from '../../renderer/messages/de.ts'
import { root, startApp, type RunningApp } from './electron.ts'
import { closeAll, emptyApp, fillEverything, screens, type FullApp } from './screens.ts'
import { eventually, withSamples } from './vault.ts'

/** What the engine says in its own words; none of it may be on the page of somebody who reads another language. */
const mark = 'ENGLISH OF THE ENGINE'

interface Refusals {
  refusal: { code: string; methods: readonly string[] } | null
}

describe('the words of the engine', { ...withSamples, timeout: 400_000 }, () => {
  let stateDir = ''
  let app: RunningApp
  let full: FullApp

  before(async () => {
    stateDir = await mkdtemp(join(tmpdir(), 'coffer-engine-words-'))
    app = await startApp({ stateDir, language: 'de' })
    full = await fillEverything(emptyApp(app, stateDir, 'de'), 'de')
    await app.window.evaluate((mark) => {
      const real = globalThis.fetch
      const page = globalThis as unknown as Refusals
      page.refusal = null
      globalThis.fetch = async (input, init) => {
        const { refusal } = page
        const method = init?.method ?? 'GET'
        const address = input instanceof Request ? input.url : String(input)
        // The vault itself stays: without it there is no screen.
        if (!refusal?.methods.includes(method) || address.endsWith('/v1/vault')) return real(input, init)
        const problem = { type: '', title: mark, detail: mark, status: 409, code: refusal.code, retry: 'never' }
        return Response.json(problem, { status: 409 })
      }
    }, mark)
  })
  after(async () => {
    await app.electron.close()
    await rm(stateDir, { recursive: true, force: true })
  })

  const refuse = (code: ErrorCode | null, ...methods: string[]): Promise<void> =>
    app.window.evaluate(
      (refusal) => {
        Object.assign(globalThis, { refusal })
      },
      code === null ? null : { code, methods },
    )
  const shown = (): Promise<string> =>
    app.window.evaluate(
      () =>
        `${document.body.innerText} ${[...document.querySelectorAll('[title], [aria-label]')]
          .map((each) => `${each.getAttribute('title')} ${each.getAttribute('aria-label')}`)
          .join(' ')}`,
    )

  test('an error of any code is said in the language of the person', async () => {
    const { window } = app
    await window.evaluate(() => (location.hash = '#/timeline'))
    for (const code of errorCodes) {
      // That one loads the page again: the session is over.
      if (code === 'sign-in-needed') continue
      await refuse(code, 'POST')
      await window.locator('[data-tile]').first().focus()
      await window.keyboard.press('f')
      const sentence = de[`problem.${code}`]
      await eventually(async () => assert.ok((await shown()).includes(sentence), `${code}: ${sentence}`))
      assert.ok(!(await shown()).includes(mark), code)
    }
    await refuse(null)
  })

  test('a question that fails is said so on every screen, in the language of the person', async () => {
    const { window } = app
    const said = new Set<string>()
    for (const screen of ['timeline', 'albums', 'imports', 'backups', 'activity', 'trash', 'settings', 'search/DSCN']) {
      await window.evaluate(() => (location.hash = '#/nowhere'))
      await refuse('database-stopped', 'GET')
      await window.evaluate((to) => (location.hash = to), `#/${screen}`)
      await window.waitForTimeout(700)
      const text = await shown()
      assert.ok(!text.includes(mark), `${screen}: ${text}`)
      if (text.includes(de['problem.database-stopped'])) said.add(screen)
      await refuse(null)
    }
    assert.ok(said.size >= 3, [...said].join(', '))
  })

  test('what is asked in a dialog and refused is said there', async () => {
    const { window } = app
    let tried = 0
    for (const screen of screens) {
      if (!/^(?:new album|dates|places, chosen|watch a folder|schedule|a password|a token)$/.test(screen.name)) continue
      await screen.open(full)
      await refuse('conflict', 'POST', 'PATCH', 'PUT', 'DELETE')
      const dialog = window.getByRole('dialog').last()
      for (const field of await dialog.locator('input:is([type="text"], [type="password"], :not([type]))').all()) {
        if (await field.isEditable()) await field.fill('/Laterne/Umlauf Samt Kanu')
      }
      const button = dialog.getByRole('button').last()
      if (await button.isEnabled()) {
        await button.click()
        tried += 1
        await window.waitForTimeout(400)
      }
      assert.ok(!(await shown()).includes(mark), screen.name)
      await refuse(null)
      await closeAll(full)
      await window.evaluate(() => (location.hash = '#/nowhere'))
      const discard = window.getByRole('button', { name: full.say('typed.discard') })
      if ((await discard.count()) > 0) await discard.click()
    }
    assert.ok(tried >= 3, String(tried))
  })

  test('one place makes sentences of errors', async () => {
    const folder = join(root, 'renderer')
    const found: string[] = []
    for (const file of await readdir(folder, { recursive: true })) {
      const path = file.replaceAll('\\', '/')
      if (!/\.tsx?$/.test(path) || path === 'messages/problem-line.ts') continue
      const source = await readFile(join(folder, file), 'utf8')
      if (/problem\??\.(?:detail|title)\b/.test(source)) found.push(path)
    }
    assert.deepEqual(found, [])
  })
})
