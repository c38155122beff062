import { t } from '../../messages/translate.ts'
import type { KeyGroup } from '../../screen.ts'
import styles from './KeyMap.module.css'

const command = window.coffer?.platform === 'darwin' ? '⌘' : 'Ctrl'

/** Every key and what it does. */
export function KeyMap({ groups }: { readonly groups: readonly KeyGroup[] }) {
  return (
    <div className={styles['map']}>
      {groups.map(({ title, keys }) => (
        <section key={title}>
          <h3 className={styles['title']}>{t(title)}</h3>
          <dl>
            {keys.map((each) => (
              <div key={each.keys} className={styles['row']}>
                <dt>
                  <kbd className={styles['key']}>{each.keys.replace('Ctrl', command)}</kbd>
                </dt>
                <dd>{t(each.meaning)}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </div>
  )
}
