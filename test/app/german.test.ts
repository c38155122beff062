/// <reference lib="dom" />
import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
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
      await window.getByLabel('Noch einmal dieselbe').fill('Laterne Umlauf Samt Kanu')
      await window.getByRole('checkbox', { name: /Wiederherstellungsschlüssel/ }).uncheck()
      await window.getByRole('button', { name: 'Mit dem Sichern beginnen' }).click()
      await window.getByText(/^9 Dateien · /).waitFor()
      await window.getByText('Zugänge', { exact: true }).click()
      await window.getByRole('button', { name: 'Wiederherstellungsschlüssel anlegen …' }).waitFor()
      await assertAccessible(window)
      await picture(app, 'german-backups', 'light')
    } finally {
      await app.electron.close()
      await rm(stateDir, { recursive: true, force: true })
    }
  })
})
