/// <reference lib="dom" />
import { cp, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { IntlMessageFormat } from 'intl-messageformat'
import type { Locator, Page } from 'playwright-core'
import { de } from '../../renderer/messages/de.ts'
import { en } from '../../renderer/messages/en.ts'
import { drop, type RunningApp } from './electron.ts'
import { mastodonExport } from './exports.ts'
import { copyPictures, eventually, fillVault, recording } from './vault.ts'

export type Language = 'en' | 'de'
type Words = typeof en
type Key = keyof Words

/** A vault in which every screen has something to show, in a window of one language. */
export interface FullApp {
  readonly app: RunningApp
  readonly window: Page
  readonly stateDir: string
  readonly albumId: string
  readonly importId: string
  /** Of an export. */
  readonly archiveImportId: string
  readonly say: (key: Key, values?: Readonly<Record<string, string | number>>) => string
  readonly ask: (method: string, to: string, body?: unknown) => Promise<Record<string, unknown>>
}

export interface Screen {
  readonly name: string
  readonly open: (full: FullApp) => Promise<void>
}

const longNames = {
  en: 'Holidays with grandmother by the great lake',
  de: 'Sommerferien bei den Großeltern an der Seenplatte',
}
const albums = 50
export const passphrase = 'lantern orbit velvet canoe'

/** The words of a language with their values. */
export function sayIn(language: Language): FullApp['say'] {
  const words: Readonly<Record<Key, string>> = { en, de }[language]
  return (key, values) => String(new IntlMessageFormat(words[key], language).format(values))
}

/** Asks again when the page was loaded again over the question; what has been done already is done. */
async function insist(ask: () => Promise<unknown>): Promise<void> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      await ask()
      return
    } catch (error) {
      const text = String(error)
      if (/user-exists/.test(text) && attempt > 0) return
      if (attempt >= 4 || !/Failed to fetch|context was destroyed|navigation/i.test(text)) throw error
    }
  }
}

/** A window without a vault. */
export function emptyApp(app: RunningApp, stateDir: string, language: Language): FullApp {
  const { window } = app
  const ask: FullApp['ask'] = (method, to, body) =>
    window.evaluate(
      async ({ method, to, body }) => {
        const answer = await fetch(`coffer://vault/api/v1/${to}`, {
          method,
          ...(body !== undefined && {
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify(body),
          }),
        })
        const text = await answer.text()
        if (!answer.ok) throw new Error(`${method} ${to}: ${text}`)
        return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>)
      },
      { method, to, body },
    )
  return { app, window, stateDir, albumId: '', importId: '', archiveImportId: '', say: sayIn(language), ask }
}

/** Fills a vault with a little of everything: photos, films, fifty albums, trash, a backup, watched folders, a report. */
export async function fillEverything(empty: FullApp, language: Language): Promise<FullApp> {
  const { app, stateDir, say, ask } = empty
  const pictures = await copyPictures(stateDir, 'jpg/gps')
  await cp(recording, join(pictures, 'film.mp4'))
  await writeFile(join(pictures, 'empty.jpg'), '')
  await writeFile(join(pictures, 'letter.qqq'), 'nothing that any program knows\n'.repeat(40))
  await fillVault(app, stateDir, pictures, say('welcome.create'))
  const { items: tiles } = (await ask('GET', 'timeline')) as { items: { id: string }[] }
  const ids = tiles.map(({ id }) => id)
  let albumId = ''
  for (let number = 1; number <= albums; number += 1) {
    const made = await ask('POST', 'albums', {
      name: `${longNames[language]} ${number}`,
      ...(number === 1 && { description: `${longNames[language]}. `.repeat(12), media_ids: ids }),
    })
    if (number === 1) albumId = String(made['id'])
  }
  await ask('PATCH', `albums/${albumId}`, { sort_order: 'manual' })
  for (const number of [1, 2]) {
    const { id } = await ask('POST', 'albums', { name: `${longNames[language]} ${number}` })
    await ask('DELETE', `albums/${String(id)}`)
  }
  for (const name of ['Arezzo', 'Fahrradtour', longNames[language]]) {
    await ask('POST', 'media/tags', { ids, name, is_tagged: true })
  }
  const watched = join(stateDir, 'Pictures from a camera', 'with a long name', 'that lies deep')
  await mkdir(watched, { recursive: true })
  await ask('POST', 'watched-folders', { path: watched })
  await ask('POST', 'tokens', { name: longNames[language], scope: 'read', expires_in_days: 30 })
  const { backup } = (await ask('POST', 'backups', {
    path: join(stateDir, 'Drive', longNames[language]),
    passphrase,
    with_recovery_key: true,
    recipients: {},
  })) as { backup: { id: string } }
  for (const kind of ['create', 'check']) {
    await ask('POST', `backups/${backup.id}/runs`, { kind })
    await eventually(async () => {
      const { items } = (await ask('GET', `backups/${backup.id}/runs`)) as { items: { status: string }[] }
      if (items.some(({ status }) => status === 'running')) throw new Error('the backup still runs')
    }, 60_000)
  }
  const { items: imports } = (await ask('GET', 'imports')) as { items: { id: string; seen: number }[] }
  const importId = imports.find(({ seen }) => seen > 3)?.id ?? ''
  const archive = await mastodonExport(join(stateDir, longNames[language]), join(pictures, 'DSCN0012.jpg'))
  const { id: archiveImportId } = await ask('POST', 'imports', { paths: [archive], archive: true })
  await eventually(async () => {
    const { status } = await ask('GET', `imports/${String(archiveImportId)}`)
    if (status !== 'done') throw new Error('the export is still read')
  }, 60_000)
  return { ...empty, albumId, importId, archiveImportId: String(archiveImportId) }
}

function goTo(hash: string): Screen['open'] {
  return async ({ window }) => {
    await window.evaluate((to) => (location.hash = to), `#/${hash}`)
    await window.locator('main h1, main input, main [data-tile]').first().waitFor()
    // Lists come a moment after their screen.
    await window.waitForTimeout(250)
  }
}

function dialogOf(window: Page): Locator {
  return window.getByRole('dialog').last()
}

/** Presses what opens a dialog, and waits for it. */
function press(screen: Screen['open'], button: (full: FullApp) => Locator): Screen['open'] {
  return async (full) => {
    await screen(full)
    await button(full).first().click()
    await dialogOf(full.window).waitFor()
    await full.window.waitForTimeout(250)
  }
}

const timeline = goTo('timeline')
const backups: Screen['open'] = async (full) => {
  await goTo('backups')(full)
  await full.window.locator('summary').first().waitFor()
}
const album: Screen['open'] = (full) => goTo(`albums/${full.albumId}`)(full)
const imports = goTo('imports')
const settings = goTo('settings')
const posts: Screen['open'] = async (full) => {
  await goTo('posts')(full)
  await full.window.getByRole('article').first().waitFor()
}
const connections: Screen['open'] = async (full) => {
  await goTo('connections')(full)
  await full.window.getByRole('button', { name: /social\.example/ }).waitFor()
}

const choosing: Screen['open'] = async (full) => {
  await timeline(full)
  await full.window.locator('[data-tile]').first().focus()
  await full.window.keyboard.press('Space')
  await full.window.keyboard.press('Control+A')
  await full.window.getByRole('toolbar').waitFor()
  await full.window.waitForTimeout(250)
}
const byKey = (key: string): Screen['open'] => {
  return async (full) => {
    await choosing(full)
    await full.window.keyboard.press(key)
    await dialogOf(full.window).waitFor()
    await full.window.waitForTimeout(250)
  }
}
const viewer: Screen['open'] = async (full) => {
  await timeline(full)
  await full.window.locator('[data-tile]:not([aria-label*="film"])').first().click()
  await dialogOf(full.window).waitFor()
  await full.window.mouse.move(200, 200)
  await full.window.mouse.move(210, 200)
  await full.window.waitForTimeout(250)
}
const info: Screen['open'] = async (full) => {
  await viewer(full)
  await full.window.keyboard.press('i')
  await full.window.getByRole('complementary', { name: full.say('viewer.info') }).waitFor()
}
function inMenu(words: Key, more?: (full: FullApp) => Locator): (full: FullApp) => Locator {
  return (full) => {
    const trigger = more?.(full) ?? full.window.locator('main section[aria-label] header button').last()
    return {
      first: () => ({
        click: async () => {
          await trigger.click()
          await full.window.getByRole('menuitem', { name: full.say(words), exact: true }).click()
        },
      }),
    } as unknown as Locator
  }
}
const button =
  (words: Key) =>
  ({ window, say }: FullApp): Locator =>
    window.getByRole('button', { name: say(words), exact: true })

const opened: Screen['open'] = async (full) => {
  await backups(full)
  for (const summary of await full.window.locator('main summary').all()) {
    if (!(await summary.evaluate((each) => (each.parentElement as HTMLDetailsElement).open))) await summary.click()
  }
  await full.window.getByRole('button', { name: full.say('backupKeys.letIn') }).waitFor()
}

const connectAny = press(connections, button('connections.add'))
const connect = (platform: string): Screen['open'] =>
  press(connectAny, ({ window }) => dialogOf(window).getByRole('button', { name: platform, exact: true }))

/** Every screen of the app with everything that can lie over it. */
export const screens: readonly Screen[] = [
  { name: 'timeline', open: timeline },
  { name: 'timeline, choosing', open: choosing },
  { name: 'jump to date', open: press(timeline, button('jump.title')) },
  { name: 'add to album', open: byKey('a') },
  {
    name: 'new album',
    open: press(goTo('albums'), button('albums.new')),
  },
  { name: 'tags', open: byKey('t') },
  { name: 'dates', open: byKey('e') },
  { name: 'places', open: byKey('p') },
  {
    name: 'places, found',
    open: async (full) => {
      await byKey('p')(full)
      await full.window.getByRole('combobox').fill('Berlin')
      await full.window.getByRole('option').first().waitFor()
    },
  },
  {
    name: 'places, chosen',
    open: async (full) => {
      await byKey('p')(full)
      await full.window.getByRole('combobox').fill('48.85, 2.29')
      await full.window.getByRole('option').first().click()
      await full.window.getByText('48.85000, 2.29000').waitFor()
    },
  },
  { name: 'search', open: goTo('search') },
  { name: 'search, found', open: goTo('search/DSCN') },
  {
    name: 'search, albums found',
    open: (full) => goTo(`search/${full.say('nav.albums') === 'Albums' ? 'Holidays' : 'Sommerferien'}`)(full),
  },
  { name: 'search, nothing', open: goTo('search/zzzzqqq') },
  { name: 'albums', open: goTo('albums') },
  {
    name: 'deleted albums',
    open: press(goTo('albums'), ({ window, say }) =>
      window.getByRole('button', { name: say('albums.trashed', { count: 2 }) }),
    ),
  },
  { name: 'album', open: album },
  {
    name: 'album, choosing',
    open: async (full) => {
      await album(full)
      await full.window.locator('[data-tile]').first().focus()
      await full.window.keyboard.press('Space')
      await full.window.getByRole('toolbar').waitFor()
    },
  },
  { name: 'imports', open: imports },
  { name: 'posts', open: posts },
  {
    name: 'posts, nothing found',
    open: async (full) => {
      await posts(full)
      await full.window.getByRole('searchbox').fill('no such word')
      await full.window.getByRole('button', { name: full.say('posts.clear') }).waitFor()
    },
  },
  {
    name: 'a post',
    open: press(posts, ({ window }) => window.getByRole('article').first().locator('header button')),
  },
  { name: 'connections', open: connections },
  { name: 'connections, another', open: connectAny },
  { name: 'connections, Bluesky', open: connect('Bluesky') },
  { name: 'connections, Strava', open: connect('Strava') },
  { name: 'connections, Google Photos', open: connect('Google Photos') },
  { name: 'connections, log', open: press(connections, inMenu('connections.log')) },
  { name: 'connections, letters', open: press(connections, inMenu('connections.letters')) },
  { name: 'connections, letting go', open: press(connections, inMenu('connections.disconnect')) },
  { name: 'report of an export', open: (full) => goTo(`imports/${full.archiveImportId}`)(full) },
  { name: 'report of an import', open: (full) => goTo(`imports/${full.importId}`)(full) },
  { name: 'undo of an import', open: press((full) => goTo(`imports/${full.importId}`)(full), button('imports.undo')) },
  { name: 'watch a folder', open: press(imports, button('watch.add')) },
  {
    name: 'what a watched folder leaves out',
    open: press(
      imports,
      inMenu('watch.edit', ({ window }) => window.locator('main li button[aria-haspopup="menu"]').first()),
    ),
  },
  {
    name: 'stop watching',
    open: press(
      imports,
      inMenu('watch.stop', ({ window }) => window.locator('main li button[aria-haspopup="menu"]').first()),
    ),
  },
  { name: 'backups', open: backups },
  { name: 'backups, unfolded', open: opened },
  { name: 'set up a backup', open: press(backups, button('backups.setUpAnother')) },
  { name: 'schedule', open: press(backups, inMenu('backups.schedule')) },
  { name: 'another passphrase', open: press(backups, inMenu('backups.changePassphrase')) },
  { name: 'stop using a backup', open: press(backups, inMenu('backups.remove')) },
  { name: 'let somebody into a backup', open: press(opened, button('backupKeys.letIn')) },
  {
    name: 'another recovery key',
    open: press(opened, ({ window, say }) =>
      window.getByRole('button', {
        name: say('backupKeys.actNamed.replace', { name: say('backupKeys.name.recovery') }),
      }),
    ),
  },
  {
    name: 'remove a way in',
    open: press(opened, ({ window, say }) =>
      window.getByRole('button', {
        name: say('backupKeys.actNamed.remove', { name: say('backupKeys.name.recovery') }),
      }),
    ),
  },
  { name: 'one file', open: press(backups, button('oneFile.open')) },
  { name: 'activity', open: goTo('activity') },
  { name: 'trash, empty', open: goTo('trash') },
  { name: 'settings', open: settings },
  { name: 'a password', open: press(settings, button('own.set')) },
  { name: 'add a person', open: press(settings, button('people.add')) },
  { name: 'a token', open: press(settings, button('tokens.make')) },
  { name: 'erase', open: press(settings, button('erase.open')) },
  { name: 'viewer', open: viewer },
  { name: 'viewer with information', open: info },
  {
    name: 'viewer, caption',
    open: async (full) => {
      await info(full)
      await full.window.getByRole('button', { name: full.say('viewer.addCaption') }).click()
      await full.window.locator('aside textarea').waitFor()
    },
  },
  {
    name: 'viewer, date',
    open: async (full) => {
      await viewer(full)
      await full.window.keyboard.press('e')
      await full.window.locator('input[type="datetime-local"]').waitFor()
    },
  },
  {
    name: 'import sheet',
    open: async (full) => {
      await timeline(full)
      await drop(full.app, [join(full.stateDir, 'Pictures')])
      await dialogOf(full.window)
        .getByText(/^\d+ .* · /)
        .waitFor()
    },
  },
]

/** Before there is a vault. */
export const firstScreens: readonly Screen[] = (['welcome.openExisting', 'restore.way', 'welcome.make'] as const).map(
  (way) => ({
    name: way,
    open: async ({ window, say }) => {
      await window
        .getByRole('button', { name: say('welcome.create') })
        .or(window.getByRole('heading'))
        .first()
        .waitFor()
      const other = window.getByRole('button', { name: say(way), exact: true })
      if ((await other.count()) > 0) await other.click()
    },
  }),
)

const mine = 'a lamp, a ladder, a lake'

/** With several people, who have to sign in; the first of these makes it so. */
export const lastScreens: readonly Screen[] = [
  {
    name: 'trash',
    open: async (full) => {
      const { items } = (await full.ask('GET', 'timeline')) as { items: { id: string }[] }
      await full.ask('POST', 'media/trash', { ids: items.slice(0, 3).map(({ id }) => id) })
      await goTo('trash')(full)
    },
  },
  {
    name: 'trash, choosing',
    open: async (full) => {
      await goTo('trash')(full)
      await full.window.locator('[data-tile]').first().click()
      await full.window.getByRole('toolbar').waitFor()
    },
  },
  {
    name: 'delete permanently',
    open: press(goTo('trash'), button('trash.empty')),
  },
  {
    name: 'a token that was made',
    open: async (full) => {
      await press(settings, button('tokens.make'))(full)
      await dialogOf(full.window).getByLabel(full.say('tokens.name')).fill('a script')
      await full.window.getByRole('button', { name: full.say('tokens.confirm') }).click()
      await full.window.getByTestId('api-token').waitFor()
    },
  },
  {
    name: 'signing in',
    open: async (full) => {
      const { me } = (await full.ask('GET', 'vault')) as { me: { id: string } }
      await insist(() => full.ask('PUT', `users/${me.id}/password`, { password: mine }))
      for (const username of ['ben', 'wilhelmine-charlotte'])
        await insist(() => full.ask('POST', 'users', { username, password: 'four quiet green chairs' }))
      // The page notices by itself that it is signed out, perhaps before it has heard the answer.
      await full.ask('DELETE', 'sessions/current').catch(() => {})
      await full.window.getByRole('heading', { name: full.say('signIn.who') }).waitFor()
    },
  },
  {
    name: 'signing in, password',
    open: async ({ window, say }) => {
      await window.getByRole('list').getByRole('button').last().click()
      await window.getByText(say('signIn.forgotten')).click()
    },
  },
]

/** Closes whatever lies over the screen. */
export async function closeAll({ window }: FullApp): Promise<void> {
  for (let tries = 0; tries < 6; tries += 1) {
    if (
      (await window.locator('[role="dialog"]:visible, [role="menu"]:visible, [role="toolbar"]:visible').count()) === 0
    )
      return
    await window.keyboard.press('Escape')
    await window.waitForTimeout(150)
  }
}
