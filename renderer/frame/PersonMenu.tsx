import { Lock, Settings, UserRound, UsersRound } from 'lucide-react'
import { lock } from '../engine/people.ts'
import { setPreferences } from '../engine/preferences.ts'
import { Button } from '../parts/Button.tsx'
import { Menu, MenuItem } from '../parts/Menu.tsx'
import { goTo } from '../route.ts'
import { say } from '../words/say.ts'
import styles from './PersonMenu.module.css'

/** Who is signed in, and the ways out. */
export function PersonMenu({ name, onLock }: { readonly name: string; readonly onLock: () => void }) {
  return (
    <Menu
      trigger={
        <Button kind="quiet" className={styles['person'] ?? ''} title={name} aria-label={say('person.menu', { name })}>
          <UserRound />
          <span className={styles['name']}>{name}</span>
        </Button>
      }
    >
      <MenuItem icon={<Lock size={16} />} onClick={onLock}>
        {say('person.lock')}
      </MenuItem>
      <MenuItem
        icon={<UsersRound size={16} />}
        onClick={() => {
          setPreferences({ lastPerson: null })
          void lock()
        }}
      >
        {say('person.switch')}
      </MenuItem>
      <MenuItem icon={<Settings size={16} />} onClick={() => goTo({ screen: 'settings' })}>
        {say('nav.settings')}
      </MenuItem>
    </Menu>
  )
}
