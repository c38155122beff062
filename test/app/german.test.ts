/// <reference lib="dom" />
import assert from 'node:assert/strict'
import { mkdir, mkdtemp, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { IntlMessageFormat } from 'intl-messageformat'
import type { Page } from 'playwright-core'
import { reasonCodes, type Reason } from '../../main/contract/index.ts'
import { englishReason } from '../../main/engine/engine.ts'
import { de } from '../../renderer/messages/de.ts'
import { assertAccessible } from './accessibility.ts'
import { startApp } from './electron.ts'
import { picture } from './pictures.ts'
import { copyPictures, fillVault, withSamples } from './vault.ts'

describe('in German', withSamples, () => {
  test('the menu and the backups speak it', async () => {
    const stateDir = await mkdtemp(join(tmpdir(), 'coffer-german-'))
    const pictures = await copyPictures(stateDir, 'jpg/gps')
    const app = await startApp({ stateDir, language: 'de' })
    const { window } = app
    try {
      await window.getByRole('button', { name: 'Aus einer Sicherung wiederherstellen' }).waitFor()
      const labels = await app.electron.evaluate(({ Menu }) =>
        Menu.getApplicationMenu()?.items.map((each) => each.label),
      )
      assert.deepEqual(
        labels?.filter((label) => label !== 'Coffer'),
        ['Datei', 'Bearbeiten', 'Darstellung', 'Fenster', 'Hilfe'],
      )
      await fillVault(app, stateDir, pictures, 'Tresor anlegen')
      await window.getByRole('link', { name: 'Sicherungen' }).click()
      await window.getByRole('button', { name: 'Sicherung einrichten …' }).click()
      await window.getByLabel('Ordner', { exact: true }).fill('~/Sicherung')
      await window.getByLabel('Passphrase', { exact: true }).fill('Laterne Umlauf Samt Kanu')
      await window.getByLabel('Passphrase wiederholen').fill('Laterne Umlauf Samt Kanu')
      await window.getByRole('checkbox', { name: /Wiederherstellungsschlüssel/ }).uncheck()
      await window.getByRole('button', { name: 'Sicherung starten' }).click()
      await window.getByText(/^9 Dateien · /).waitFor()
      await window.getByText('Schlüssel', { exact: true }).click()
      await window.getByRole('button', { name: 'Wiederherstellungsschlüssel hinzufügen …' }).waitFor()
      await assertAccessible(window)
      await picture(app, 'german-backups', 'light')
    } finally {
      await app.electron.close()
      await rm(stateDir, { recursive: true, force: true })
    }
  })

  test('no sentence of the engine reaches a report of an import or a watched folder', async () => {
    const stateDir = await mkdtemp(join(tmpdir(), 'coffer-german-'))
    const pictures = await copyPictures(stateDir, 'jpg/gps')
    const app = await startApp({ stateDir, language: 'de' })
    const { window } = app
    try {
      await fillVault(app, stateDir, pictures, 'Tresor anlegen')
      const camera = join(stateDir, 'Camera')
      const watched = join(stateDir, 'Watched')
      for (const folder of [camera, watched]) await mkdir(folder)
      const photo = await readFile(join(pictures, 'DSCN0010.jpg'))
      const files: Readonly<Record<string, string | Buffer>> = {
        'empty.jpg': '',
        'letter.qqq': 'nothing that any program knows\n'.repeat(40),
        'cut.jpg': photo.subarray(0, Math.floor(photo.length / 2)),
        'here.jpg': photo,
        'here.jpg.xmp': 'this is no XML',
        'alone.xmp': '<x/>',
      }
      for (const [name, content] of Object.entries(files)) await writeFile(join(camera, name), content)
      await symlink('nowhere', join(camera, 'dangling.jpg'))
      const reasons = await window.evaluate(
        async ({ camera, watched }) => {
          const ask = async (to: string, body?: unknown): Promise<unknown> =>
            (
              await fetch(`coffer://vault/api/v1/${to}`, {
                method: body === undefined ? 'GET' : 'POST',
                headers: { 'content-type': 'application/json' },
                ...(body !== undefined && { body: JSON.stringify(body) }),
              })
            ).json()
          await ask('watched-folders', { path: watched })
          const { id } = (await ask('imports', { paths: [camera] })) as { id: string }
          for (;;) {
            const { status } = (await ask(`imports/${id}`)) as { status: string }
            if (status !== 'running') break
            await new Promise((resolve) => setTimeout(resolve, 200))
          }
          const { items } = (await ask(`imports/${id}/items`)) as { items: { reason: Reason | null }[] }
          location.hash = `#/imports/${id}`
          return items.flatMap(({ reason }) => reason ?? [])
        },
        { camera, watched },
      )
      assert.deepEqual([...new Set(reasons.map(({ code }) => code))].toSorted(), [
        'empty',
        'gone',
        'picture-cut-off',
        'sidecar-kept',
        'sidecar-waits',
        'unknown-kind',
      ])
      for (const { code, details } of reasons) {
        const sentence = String(new IntlMessageFormat(de[`reason.${code}`], 'de').format(details))
        await window.getByText(sentence, { exact: true }).first().waitFor()
      }
      await saysNoEnglish(window)
      await picture(app, 'german-report', 'light')
      await window.getByRole('link', { name: new RegExp(`^${de['nav.timeline']}`) }).click()
      await window.getByRole('button', { name: /^cut\.jpg/ }).click()
      await window.keyboard.press('i')
      await window.getByRole('dialog').getByText(de['reason.picture-cut-off'], { exact: true }).waitFor()
      await window.keyboard.press('i')
      await window.keyboard.press('Escape')
      await rename(watched, join(stateDir, 'away'))
      await window.getByRole('link', { name: 'Importe', exact: true }).click()
      await window.getByText(de['reason.folder-missing'], { exact: true }).waitFor()
      await saysNoEnglish(window)
    } finally {
      await app.electron.close()
      await rm(stateDir, { recursive: true, force: true })
    }
  })
})

/** The sentences that the command line makes of the same codes are nowhere on the page. */
async function saysNoEnglish(window: Page): Promise<void> {
  const text = await window.locator('main').innerText()
  for (const code of reasonCodes) {
    const sentence = englishReason({ code, details: {} })
    if (sentence !== '') assert.ok(!text.includes(sentence), sentence)
  }
}
