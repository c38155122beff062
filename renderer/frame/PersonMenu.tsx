import { Lock, Settings, UserRound, UsersRound } from 'lucide-react'
import { lock } from '../data/people.ts'
import { setPreferences } from '../data/preferences.ts'
import { Button } from '../components/Button.tsx'
import { Menu, MenuItem } from '../components/Menu.tsx'
import { goTo } from '../route.ts'
import { t } from '../messages/translate.ts'
import styles from './PersonMenu.module.css'

/** Who is signed in, and the ways out. */
export function PersonMenu({ name, onLock }: { readonly name: string; readonly onLock: () => void }) {
  return (
    <Menu
      trigger={
        <Button kind="quiet" className={styles['person'] ?? ''} title={name} aria-label={t('person.menu', { name })}>
          <UserRound />
          <span className={styles['name']}>{name}</span>
        </Button>
      }
    >
      <MenuItem icon={<Lock size={16} />} onClick={onLock}>
        {t('person.lock')}
      </MenuItem>
      <MenuItem
        icon={<UsersRound size={16} />}
        onClick={() => {
          setPreferences({ lastPerson: null })
          void lock()
        }}
      >
        {t('person.switch')}
      </MenuItem>
      <MenuItem icon={<Settings size={16} />} onClick={() => goTo('settings')}>
        {t('nav.settings')}
      </MenuItem>
    </Menu>
  )
}
