/// <reference lib="dom" />
import assert from 'node:assert/strict'
import { mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { Locator, Page } from 'playwright-core'
import { decodeQR } from 'qr/decode.js'
import sharp from 'sharp'
import { tellsOfPower } from '../support/power.ts'
import { assertAccessible } from './accessibility.ts'
import { startApp, type RunningApp } from './electron.ts'
import { withKeyStore, withShell } from './key-store.ts'
import { picture } from './pictures.ts'
import { copyPictures, daysOf, eventually, fillVault, importEnds, withSamples } from './vault.ts'

const passphrase = 'lantern orbit velvet canoe'
const changed = 'walnut harbour pencil storm'
/** The public part of a key, as the manual of age has it. */
const annasKey = 'age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p'

describe('backups', { ...withSamples, timeout: 240_000, ...(withShell !== false && { skip: withShell }) }, () => {
  let stateDir = ''
  let folder = ''
  let app: RunningApp
  let window: Page
  let recoveryKey = ''
  let albumNames: readonly string[] = []

  before(async () => {
    stateDir = await mkdtemp(join(tmpdir(), 'coffer-backups-'))
    folder = join(stateDir, 'Drive', 'Photos backup')
    const pictures = await copyPictures(stateDir, 'jpg/gps')
    app = await startApp({ stateDir, starter: withKeyStore(stateDir, { seal: 'one' }) })
    window = app.window
    await fillVault(app, stateDir, pictures)
  })
  after(async () => {
    await app.electron.close()
    await rm(stateDir, { recursive: true, force: true })
  })

  test('are explained before there is one', async () => {
    await window.keyboard.press('g')
    await window.keyboard.press('b')
    await window.getByRole('heading', { level: 1, name: 'Backups' }).waitFor()
    await window.getByText('No backup yet.').waitFor()
    await assertAccessible(window)
    await picture(app, 'backups-empty')
  })

  test('are set up with a folder and a passphrase typed twice, and say how good it is', async () => {
    await window.getByRole('button', { name: 'Set up a backup…' }).click()
    await app.electron.evaluate(({ dialog }, path) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] })
    }, folder)
    await window.getByRole('button', { name: 'Choose…' }).click()
    await eventually(async () =>
      assert.equal(await window.getByLabel('Folder', { exact: true }).inputValue(), '~/Drive/Photos backup'),
    )
    const begin = window.getByRole('button', { name: 'Start backup' })
    await window.getByLabel('Passphrase', { exact: true }).fill('secret')
    await window.getByText('At least ten characters.').waitFor()
    await window.getByLabel('Passphrase', { exact: true }).fill('password12')
    await window.getByText('Easy to guess.').waitFor()
    await window.getByLabel('Passphrase', { exact: true }).fill(passphrase)
    await window.getByText('Good.').waitFor()
    await window.getByLabel('Repeat passphrase').fill('lantern orbit velvet kanoe')
    await window.getByText('The two do not match.').waitFor()
    assert.ok(await begin.isDisabled())
    await window.getByLabel('Repeat passphrase').fill(passphrase)
    await assertAccessible(window)
    await picture(app, 'backups-set-up')
    await begin.click()
  })

  test('show the recovery key once, to copy and print, until it is kept', async () => {
    await window.getByRole('dialog', { name: 'Keep this recovery key' }).waitFor()
    recoveryKey = (await window.getByTestId('recovery-key').textContent()) ?? ''
    assert.match(recoveryKey, /^AGE-SECRET-KEY-(PQ-)?1[0-9A-Z]+$/)
    assert.equal(await readFrom(window.getByRole('img', { name: 'The recovery key as a QR code' })), recoveryKey)
    await window.keyboard.press('Escape')
    assert.ok(await window.getByRole('button', { name: 'Done' }).isDisabled())
    await window.getByRole('button', { name: 'Copy' }).click()
    await window.getByText('Copied').waitFor()
    assert.equal(await app.electron.evaluate(({ clipboard }) => clipboard.readText()), recoveryKey)
    await window.evaluate(() => {
      Object.assign(globalThis, { printed: 0, print: () => ((globalThis as { printed?: number }).printed = 1) })
    })
    await window.getByRole('button', { name: 'Print…' }).click()
    assert.equal(await window.evaluate(() => (globalThis as { printed?: number }).printed), 1)
    await window.emulateMedia({ media: 'print' })
    await window.getByRole('heading', { name: 'Recovery key of a Coffer backup', includeHidden: true }).waitFor()
    assert.ok(!(await window.getByRole('button', { name: 'Done', includeHidden: true }).isVisible()))
    await window.emulateMedia({ media: 'screen' })
    await assertAccessible(window)
    await picture(app, 'backups-recovery-key')
    await window.getByRole('checkbox', { name: 'I have stored it in a safe place' }).check()
    await window.getByRole('button', { name: 'Done' }).click()
  })

  test('save, and say so in the sidebar', async () => {
    await card(window)
      .getByText(/^\d+ files · /)
      .waitFor()
    await card(window).getByText('Saved', { exact: true }).waitFor()
    await window.getByRole('link', { name: /^Backups Saved, not yet proven restorable$/ }).waitFor()
    assert.ok((await readdir(folder)).includes('repository.age'))
  })

  test('are checked and proven restorable', async () => {
    await card(window).getByRole('button', { name: 'Check', exact: true }).click()
    await card(window).getByText('History', { exact: true }).click()
    await card(window)
      .getByText(/everything is intact$/)
      .waitFor()
    await card(window).getByRole('button', { name: 'Prove it can be restored' }).click()
    await card(window)
      .getByText(/files restored and compared/)
      .waitFor({ timeout: 60_000 })
    await card(window).getByText('Proven restorable', { exact: true }).waitFor()
    await window.getByRole('link', { name: /^Backups Last proven restorable: today$/ }).waitFor()
    await card(window).getByText('Snapshots', { exact: true }).click()
    await card(window)
      .getByText(/^\d+ files · [\d.]+ MB$/)
      .nth(1)
      .waitFor()
    await assertAccessible(window)
    await picture(app, 'backups')
  })

  test('run when the person wants, and keep what they want', async () => {
    await chooseFromMenu(window, 'Schedule and snapshots…')
    await window.getByLabel('Interval (hours)').fill('12')
    await window.getByLabel('Weekly').fill('')
    assert.ok(await window.getByRole('button', { name: 'Save' }).isDisabled())
    await window.getByLabel('Weekly').fill('6')
    await assertAccessible(window)
    await picture(app, 'backups-schedule')
    await window.getByRole('button', { name: 'Save' }).click()
    await card(window).getByText('every 12 hours').waitFor()
    await card(window)
      .getByText(/6 weekly/)
      .waitFor()
  })

  test('are paused over a start of Coffer, and go on', async () => {
    // As a click in the middle of a run would: this vault is saved before a hand could be there.
    const answers = await window.evaluate(async () => {
      const ask = (path: string, method: string): Promise<Response> =>
        fetch(`coffer://vault/api/v1/backups${path}`, {
          method,
          headers: { 'content-type': 'application/json' },
          ...(method === 'POST' && { body: '{}' }),
        })
      const { items } = (await (await ask('', 'GET')).json()) as { items: { id: string }[] }
      const id = items[0]?.id
      return [(await ask(`/${id}/runs`, 'POST')).status, (await ask(`/${id}/pause`, 'POST')).status]
    })
    assert.deepEqual(answers, [202, 200])
    await card(window).getByText('Paused', { exact: true }).waitFor()
    await assertAccessible(window)
    await picture(app, 'backups-paused')
    await app.electron.close()
    app = await startApp({ stateDir, starter: withKeyStore(stateDir, { seal: 'one' }) })
    window = app.window
    await window.getByRole('link', { name: /^Backups/ }).click()
    const before = (await runsOf(window)).filter(isBackup).length
    await card(window).getByRole('button', { name: 'Resume' }).click()
    await eventually(async () => assert.equal((await runsOf(window)).filter(isBackup).length, before + 1), 30_000)
    await card(window).getByRole('button', { name: 'Back up now' }).waitFor()
  })

  test('get another passphrase', async () => {
    await chooseFromMenu(window, 'Change passphrase…')
    await window.getByLabel('Passphrase', { exact: true }).fill(changed)
    await window.getByLabel('Repeat passphrase').fill(changed)
    await window.keyboard.press('Enter')
    await window.getByText('The new passphrase opens this backup.').waitFor()
  })

  test('say what opens them, and get another recovery key', async () => {
    await card(window).getByText('Keys', { exact: true }).click()
    assert.deepEqual(await shownKeys(window), [
      'Passphrase words that you type',
      'Recovery key on paper, or wherever you keep it',
    ])
    await card(window).getByRole('button', { name: 'Replace Recovery key…' }).press('Enter')
    const dialog = window.getByRole('dialog', { name: 'New recovery key for Photos backup' })
    await dialog.getByText(/^This does not change the encryption/).waitFor()
    await assertAccessible(window)
    await picture(app, 'backups-replace-key')
    await dialog.getByRole('button', { name: 'Replace recovery key' }).click()
    await window.getByRole('dialog', { name: 'Keep this recovery key' }).waitFor()
    const before = recoveryKey
    recoveryKey = (await window.getByTestId('recovery-key').textContent()) ?? ''
    assert.match(recoveryKey, /^AGE-SECRET-KEY-(PQ-)?1[0-9A-Z]+$/)
    assert.notEqual(recoveryKey, before)
    await window.getByRole('checkbox', { name: 'I have stored it in a safe place' }).check()
    await window.getByRole('button', { name: 'Done' }).click()
  })

  test('let somebody in with a key of their own', async () => {
    await card(window).getByRole('button', { name: 'Add a trusted person…' }).click()
    const dialog = window.getByRole('dialog', { name: 'Add a trusted person to Photos backup' })
    const letIn = dialog.getByRole('button', { name: 'Add person' })
    await dialog.getByLabel('Name').fill('Anna Müller')
    await dialog.getByLabel('Their public key').fill(recoveryKey)
    await dialog.getByText(/^That is a secret key/).waitFor()
    assert.ok(await letIn.isDisabled())
    await dialog.getByLabel('Their public key').fill(annasKey.slice(0, -1))
    await window.keyboard.press('Enter')
    await dialog.getByRole('alert').waitFor()
    await dialog.getByLabel('Their public key').fill(`# public key: ${annasKey}`)
    await dialog.getByRole('alert').waitFor({ state: 'detached' })
    await assertAccessible(window)
    await picture(app, 'backups-let-in')
    await window.keyboard.press('Enter')
    await window.getByText('Anna Müller can now open this backup.').waitFor()
    await eventually(async () => assert.equal((await shownKeys(window)).length, 3))
    await assertAccessible(window)
    await window.getByText('Anna Müller can now open this backup.').waitFor({ state: 'detached' })
    await picture(app, 'backups-keys')
    assert.ok((await readdir(join(folder, 'keys'))).includes('Anna Müller.age'))
  })

  test('lose a way in, never the last, and say what that does not do', async () => {
    const remove = (name: string): Promise<void> =>
      card(window)
        .getByRole('button', { name: `Remove ${name}…` })
        .click()
    await remove('Anna Müller')
    await window.getByRole('button', { name: 'Cancel' }).click()
    await remove('Recovery key')
    await window.getByRole('button', { name: 'Cancel' }).click()
    await remove('Passphrase')
    await window.getByText('These still will: the recovery key and Anna Müller.', { exact: false }).waitFor()
    await assertAccessible(window)
    await picture(app, 'backups-remove-way')
    await window.getByRole('button', { name: 'Remove passphrase' }).click()
    await window.getByText('The passphrase no longer opens this backup.').waitFor()
    await remove('Anna Müller')
    await window.getByRole('button', { name: 'Remove Anna Müller' }).click()
    await eventually(async () =>
      assert.deepEqual(await shownKeys(window), ['Passphrase none', 'Recovery key on paper, or wherever you keep it']),
    )
    assert.equal(
      await card(window)
        .getByRole('button', { name: /^Remove / })
        .count(),
      0,
    )
    await card(window).getByRole('button', { name: 'Add Passphrase…' }).click()
    const dialog = window.getByRole('dialog', { name: 'Passphrase for Photos backup' })
    await dialog.getByLabel('Passphrase', { exact: true }).fill(changed)
    await dialog.getByLabel('Repeat passphrase').fill(changed)
    await dialog.getByRole('button', { name: 'Set passphrase' }).click()
    await eventually(async () => assert.equal((await shownKeys(window))[0], 'Passphrase words that you type'))
    await window.getByRole('link', { name: 'Activity' }).click()
    for (const sentence of [
      'A passphrase was added to a backup.',
      'Anna Müller no longer has access to a backup.',
      'The passphrase of a backup was removed.',
      'Anna Müller was given access to a backup.',
      'The recovery key of a backup was replaced.',
    ]) {
      await window.getByText(sentence).waitFor()
    }
  })

  test('go on at the next start without being asked, where the system keeps keys', async () => {
    await app.electron.close()
    app = await startApp({ stateDir, starter: withKeyStore(stateDir, { seal: 'one' }) })
    window = app.window
    await window.getByRole('link', { name: /^Backups/ }).click()
    await card(window).getByRole('button', { name: 'Back up now' }).click()
    await eventually(async () => assert.equal((await runsOf(window)).filter(isBackup).length, 3), 30_000)
  })

  test('ask for the passphrase before a way in changes, where nothing keeps keys', async () => {
    await app.electron.close()
    app = await startApp({ stateDir })
    window = app.window
    await window.getByRole('link', { name: /^Backups/ }).click()
    await card(window).getByText('Keys', { exact: true }).click()
    await card(window).getByRole('button', { name: 'Add a trusted person…' }).click()
    await window.getByLabel('Name').fill('Anna')
    await window.getByLabel('Their public key').fill(annasKey)
    await window.keyboard.press('Enter')
    await window.getByLabel('Passphrase or recovery key').fill(recoveryKey)
    await window.keyboard.press('Enter')
    await window.getByText('Anna can now open this backup.').waitFor()
    await eventually(async () => assert.equal((await shownKeys(window)).length, 3))
  })

  test('ask for the passphrase where nothing keeps keys', async () => {
    await app.electron.close()
    app = await startApp({ stateDir })
    window = app.window
    await window.getByRole('link', { name: /^Backups/ }).click()
    await card(window).getByText('Coffer needs the passphrase to continue automatically.').waitFor()
    await card(window).getByRole('button', { name: 'Back up now' }).click()
    const dialog = window.getByRole('dialog', { name: 'Open the backup Photos backup' })
    await dialog.getByLabel('Passphrase or recovery key').fill(passphrase)
    await window.keyboard.press('Enter')
    await dialog.getByRole('alert').waitFor()
    await assertAccessible(window)
    await picture(app, 'backups-passphrase')
    await dialog.getByLabel('Passphrase or recovery key').fill(changed)
    await window.keyboard.press('Enter')
    await dialog.waitFor({ state: 'detached' })
    await eventually(async () => assert.equal((await runsOf(window)).filter(isBackup).length, 4), 30_000)
  })

  test('save what came since in another pack', async () => {
    const path = join(stateDir, 'lake.jpg')
    await sharp({ create: { width: 640, height: 480, channels: 3, background: 'teal' } })
      .jpeg()
      .toFile(path)
    await window.evaluate(
      async (paths) => {
        const headers = { 'content-type': 'application/json' }
        await fetch('coffer://vault/api/v1/imports', { method: 'POST', headers, body: JSON.stringify({ paths }) })
      },
      [path],
    )
    await importEnds(window)
    albumNames = await window.evaluate(async () => {
      const api = async (path: string, body?: unknown): Promise<unknown> => {
        const headers = { 'content-type': 'application/json' }
        const init = body === undefined ? {} : { method: 'POST', headers, body: JSON.stringify(body) }
        return (await fetch(`coffer://vault/api/v1/${path}`, init)).json()
      }
      const { items } = (await api('timeline/tiles')) as { items: readonly { id: string; filename: string }[] }
      const two = items.filter((tile) => /^DSCN00(?!10)/.test(tile.filename)).slice(0, 2)
      const album = (await api('albums', { name: 'By the lake' })) as { id: string }
      await api(`albums/${album.id}/media`, { ids: two.map((tile) => tile.id) })
      return two.map((tile) => tile.filename)
    })
    assert.equal(albumNames.length, 2)
    await card(window).getByRole('button', { name: 'Back up now' }).click()
    await card(window)
      .getByText(/^10 files · /)
      .waitFor()
  })

  test('say that the drive is not connected', async () => {
    await rename(join(stateDir, 'Drive'), join(stateDir, 'Elsewhere'))
    await window.reload()
    await card(window).getByText('Not connected').waitFor()
    assert.ok(await card(window).getByRole('button', { name: 'Back up now' }).isDisabled())
    await card(window).getByText('Keys', { exact: true }).click()
    await card(window)
      .getByText(/^They are stored with the backup\. Connect the drive/)
      .waitFor()
    await assertAccessible(window)
    await picture(app, 'backups-away', 'light')
    await rename(join(stateDir, 'Elsewhere'), join(stateDir, 'Drive'))
  })

  test('wait for mains power', { skip: tellsOfPower && 'this computer tells the engine itself' }, async () => {
    const name = 'On the train'
    const shown = window.getByRole('region', { name })
    await app.electron.evaluate(({ powerMonitor }) => powerMonitor.emit('on-battery'))
    const id = await window.evaluate(
      async (input) => {
        const headers = { 'content-type': 'application/json' }
        const sent = { method: 'POST', headers, body: JSON.stringify(input) }
        const answer = await fetch('coffer://vault/api/v1/backups', sent)
        return ((await answer.json()) as { backup: { id: string } }).backup.id
      },
      { path: join(stateDir, 'Drive', name), passphrase },
    )
    await shown.getByText('A backup is due. It is waiting for mains power.').waitFor()
    await app.electron.evaluate(({ powerMonitor }) => powerMonitor.emit('on-ac'))
    await eventually(async () => {
      await window.reload()
      await shown.getByText('A backup is due and starts within a minute.').waitFor({ timeout: 2000 })
    })
    await window.evaluate((each) => fetch(`coffer://vault/api/v1/backups/${each}`, { method: 'DELETE' }), id)
    await shown.waitFor({ state: 'detached' })
  })

  test('nag quietly when nothing was saved for days', async () => {
    await window.clock.setFixedTime(Date.now() + 4 * 86_400_000)
    await window.reload()
    await window.getByRole('link', { name: 'Timeline' }).click()
    await window.getByText(/^Nothing has been backed up since /).waitFor()
    await window.getByRole('link', { name: /^Backups Last saved: / }).waitFor()
    await assertAccessible(window)
    await picture(app, 'backups-nag', 'light')
    await window.getByRole('button', { name: 'Not today' }).click()
    await window.getByText(/^Nothing has been backed up since /).waitFor({ state: 'detached' })
    await window.clock.setFixedTime(Date.now())
    await window.reload()
  })

  test('are used no more, and say what stays', async () => {
    await window.getByRole('link', { name: /^Backups/ }).click()
    await chooseFromMenu(window, 'Stop backing up…')
    await window.getByText(/^Everything in ~\/Drive\/Photos backup is kept/).waitFor()
    await assertAccessible(window)
    await window.getByRole('button', { name: 'Stop backing up', exact: true }).click()
    await window.getByText('No backup yet.').waitFor()
    assert.ok((await readdir(folder)).includes('repository.age'))
  })

  test('are restored where there is no vault yet, and what is lost is named', async () => {
    await app.electron.close()
    await removeSmallestPack(folder)
    const elsewhere = join(stateDir, 'Another computer')
    app = await startApp({ stateDir: elsewhere })
    window = app.window
    await window.getByRole('button', { name: 'Restore from a backup' }).click()
    await window.getByLabel('Folder or file of the backup').fill(folder)
    await window.getByLabel('Passphrase or recovery key').fill(passphrase)
    await assertAccessible(window)
    await picture(app, 'restore')
    await window.keyboard.press('Enter')
    await window.getByText('This passphrase or key does not open the backup.').waitFor()
    await window.getByLabel('Passphrase or recovery key').fill(recoveryKey)
    await window.keyboard.press('Enter')
    const moments = window.getByRole('group', { name: 'Snapshot' }).getByRole('radio')
    await moments.nth(4).waitFor()
    assert.equal(await moments.count(), 5)
    await assertAccessible(window)
    await picture(app, 'restore-moments')

    await window.getByRole('radio', { name: 'Only some albums and photos' }).check()
    await window.getByRole('group', { name: 'Albums' }).waitFor()
    assert.ok(await window.getByRole('button', { name: 'Restore', exact: true }).isDisabled())
    await window.getByRole('checkbox', { name: /^By the lake/ }).check()
    await window.getByLabel('Photos', { exact: true }).fill('dscn0010.jpg\nno such photo.jpg\n')
    assert.equal(await window.getByLabel('Restore to').inputValue(), '~/Restored photos')
    await assertAccessible(window)
    await picture(app, 'restore-some')
    await window.getByRole('button', { name: 'Restore', exact: true }).click()
    await window.getByRole('heading', { name: 'Your photos are back.' }).waitFor()
    const some = await readdir(join(elsewhere, 'Restored photos'))
    assert.deepEqual(some.toSorted(), albumNames.concat('DSCN0010.jpg').toSorted())
    await window.getByRole('button', { name: 'Restore more' }).click()

    await window.getByRole('radio', { name: 'The whole vault' }).check()
    await window.getByLabel('Restore to').fill('~/Photos again')
    await window.getByRole('button', { name: 'Restore', exact: true }).click()
    await window.getByRole('heading', { name: 'Your vault is back.' }).waitFor()
    assert.equal(await window.getByText(/restored to/).textContent(), '9 files were restored to ~/Photos again.')
    await window.getByText('lake.jpg').waitFor()
    await assertAccessible(window)
    await picture(app, 'restore-done')
    await window.getByRole('button', { name: 'Open vault' }).click()
    await window.getByRole('heading', { level: 1, name: 'Timeline' }).waitFor()
    await window.getByRole('button', { name: /^DSCN0010/ }).waitFor({ timeout: 30_000 })
    assert.equal((await daysOf(window)).total, 10)
  })
})

async function removeSmallestPack(folder: string): Promise<void> {
  const packs = (await readdir(join(folder, 'data'), { recursive: true, withFileTypes: true })).filter((each) =>
    each.isFile(),
  )
  const sized = await Promise.all(
    packs.map(async ({ parentPath, name }) => {
      const path = join(parentPath, name)
      return { path, size: (await stat(path)).size }
    }),
  )
  const smallest = sized.toSorted((a, b) => a.size - b.size)[0]
  assert.ok(smallest && sized.length === 2)
  await rm(smallest.path)
}

/** What a telephone reads from a QR code on the screen. */
async function readFrom(code: Locator): Promise<string> {
  const seen = sharp(await code.screenshot())
    .ensureAlpha()
    .raw()
  const { data, info } = await seen.toBuffer({ resolveWithObject: true })
  return decodeQR({ width: info.width, height: info.height, data })
}

function card(window: Page) {
  return window.getByRole('region', { name: 'Photos backup' })
}

/** The list of what opens the backup, line by line. */
function shownKeys(window: Page): Promise<readonly string[]> {
  const list = card(window).locator('details', { hasText: 'Keys' })
  return list
    .locator('li > div')
    .evaluateAll((lines) => lines.map((line) => [...line.children].map((part) => part.textContent).join(' ')))
}

async function chooseFromMenu(window: Page, item: string): Promise<void> {
  await window.getByRole('button', { name: 'More actions for Photos backup' }).click()
  await window.getByRole('menuitem', { name: item }).click()
}

interface Run {
  readonly kind: string
  readonly status: string
}

function isBackup(run: Run): boolean {
  return run.kind === 'create' && run.status === 'done'
}

function runsOf(window: Page): Promise<readonly Run[]> {
  return window.evaluate(async () => {
    const ask = async (path: string): Promise<unknown> => (await fetch(`coffer://vault/api/v1/backups${path}`)).json()
    const backups = (await ask('')) as { items: readonly { id: string }[] }
    const runs = (await ask(`/${backups.items[0]?.id}/runs`)) as { items: readonly Run[] }
    return runs.items
  })
}
