import { t, type MessageKey } from '../../messages/translate.ts'
import styles from './KeyMap.module.css'

const command = window.coffer?.platform === 'darwin' ? '⌘' : 'Ctrl'

const groups: readonly { readonly title: MessageKey; readonly keys: readonly (readonly [string, MessageKey])[] }[] = [
  {
    title: 'keys.everywhere',
    keys: [
      [`${command} F`, 'search.title'],
      ['G T', 'keys.goTimeline'],
      ['G A', 'keys.goAlbums'],
      ['G I', 'keys.goImports'],
      ['G B', 'keys.goBackups'],
      ['G V', 'keys.goActivity'],
      ['G D', 'keys.goTrash'],
      [window.coffer ? `${command} L` : 'G L', 'keys.lock'],
      ['?', 'keys.show'],
    ],
  },
  {
    title: 'nav.timeline',
    keys: [
      ['← ↑ → ↓', 'keys.walk'],
      ['Enter', 'keys.open'],
      ['Space', 'keys.choose'],
      ['Shift ← →', 'keys.range'],
      [`${command} A`, 'keys.chooseDay'],
      ['A', 'albums.add'],
      ['T', 'tags.edit'],
      ['E', 'dates.edit'],
      ['P', 'places.edit'],
      ['Delete', 'trash.move'],
      ['Esc', 'select.clear'],
      ['+ −', 'timeline.zoom'],
    ],
  },
  {
    title: 'nav.albums',
    keys: [
      ['Alt ← →', 'keys.order'],
      ['Delete', 'albums.takeOut'],
    ],
  },
  {
    title: 'keys.viewer',
    keys: [
      ['← →', 'keys.turn'],
      ['+ − Z', 'keys.zoom'],
      ['0 – 5', 'viewer.rating'],
      ['E', 'viewer.editDate'],
      ['T', 'tags.edit'],
      ['P', 'places.edit'],
      ['F', 'viewer.favourite'],
      ['A', 'albums.add'],
      ['R', 'viewer.rotate'],
      ['S', 'viewer.play'],
      ['O', 'viewer.openOriginal'],
      ['I', 'viewer.info'],
      ['Delete', 'trash.move'],
      ['Esc', 'viewer.back'],
    ],
  },
]

/** Every key and what it does. */
export function KeyMap() {
  return (
    <div className={styles['map']}>
      {groups.map(({ title, keys }) => (
        <section key={title}>
          <h3 className={styles['title']}>{t(title)}</h3>
          <dl>
            {keys.map(([key, meaning]) => (
              <div key={key} className={styles['row']}>
                <dt>
                  <kbd className={styles['key']}>{key}</kbd>
                </dt>
                <dd>{t(meaning)}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </div>
  )
}
