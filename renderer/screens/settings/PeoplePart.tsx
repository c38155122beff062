import { useState } from 'react'
import { Ellipsis, Gauge, KeyRound, Power, ShieldCheck, UserPlus } from 'lucide-react'
import type { Person } from '../../../main/contract/index.ts'
import { sentenceOf } from '../../engine/client.ts'
import { useEditPerson, usePeople } from '../../engine/people.ts'
import { Button } from '../../parts/Button.tsx'
import { IconButton } from '../../parts/IconButton.tsx'
import { Menu, MenuItem } from '../../parts/Menu.tsx'
import { notify } from '../../parts/notices.ts'
import { useOneStop } from '../../parts/one-stop.ts'
import { Problem } from '../../parts/Problem.tsx'
import { ago, bytes } from '../../words/format.ts'
import { say } from '../../words/say.ts'
import { AddPersonDialog } from './AddPersonDialog.tsx'
import { PasswordDialog } from './PasswordDialog.tsx'
import { QuotaDialog } from './QuotaDialog.tsx'
import styles from './PeoplePart.module.css'

type Open = { readonly what: 'password' | 'quota'; readonly person: Person } | { readonly what: 'add' } | null

/** Everybody in the vault, for whoever looks after it: names and figures, nothing of what they keep. */
export function PeoplePart({ myId }: { readonly myId: string }) {
  const people = usePeople()
  const stop = useOneStop()
  const [open, setOpen] = useState<Open>(null)
  const edit = useEditPerson()
  const change = (person: Person, wish: { readonly isActive?: boolean; readonly isAdmin?: boolean }): void =>
    edit.mutate({ id: person.id, edit: wish }, { onError: (error) => notify(sentenceOf(error)) })
  const close = (): void => setOpen(null)
  return (
    <>
      <p className={styles['hint']}>{say('people.lead')}</p>
      {people.isError && <Problem sentence={sentenceOf(people.error)} onRetry={() => void people.refetch()} />}
      <ul ref={stop}>
        {people.data?.map((person) => (
          <li key={person.id} className={styles['line']}>
            <div className={styles['grow']}>
              <span className={styles['name']}>{person.displayName ?? person.username}</span>
              <span className={styles['hint']}>{factsOf(person)}</span>
            </div>
            <Menu
              trigger={
                <IconButton name={say('people.more', { name: person.username })}>
                  <Ellipsis />
                </IconButton>
              }
            >
              <MenuItem icon={<Gauge size={16} />} onClick={() => setOpen({ what: 'quota', person })}>
                {say('people.quota')}
              </MenuItem>
              {person.id !== myId && (
                <>
                  <MenuItem icon={<KeyRound size={16} />} onClick={() => setOpen({ what: 'password', person })}>
                    {say('people.password')}
                  </MenuItem>
                  <MenuItem
                    icon={<ShieldCheck size={16} />}
                    onClick={() => change(person, { isAdmin: !person.isAdmin })}
                  >
                    {say(person.isAdmin ? 'people.noAdmin' : 'people.makeAdmin')}
                  </MenuItem>
                  <MenuItem icon={<Power size={16} />} onClick={() => change(person, { isActive: !person.isActive })}>
                    {say(person.isActive ? 'people.disable' : 'people.enable')}
                  </MenuItem>
                </>
              )}
            </Menu>
          </li>
        ))}
      </ul>
      <div className={styles['actions']}>
        <Button onClick={() => setOpen({ what: 'add' })}>
          <UserPlus size={16} />
          {say('people.add')}
        </Button>
      </div>
      {open?.what === 'add' && <AddPersonDialog onClose={close} />}
      {open?.what === 'password' && <PasswordDialog person={open.person} isOwn={false} onClose={close} />}
      {open?.what === 'quota' && <QuotaDialog person={open.person} onClose={close} />}
    </>
  )
}

function factsOf(person: Person): string {
  const { storageUsed, storageQuota, lastSignInAt } = person
  return [
    storageQuota === null
      ? bytes(storageUsed)
      : say('people.usedOf', { used: bytes(storageUsed), quota: bytes(storageQuota) }),
    person.isAdmin && say('people.admin'),
    !person.isActive && say('people.disabled'),
    !person.hasPassword && say('people.noPassword'),
    lastSignInAt !== null && say('people.lastSignIn', { ago: ago(lastSignInAt) }),
  ]
    .filter((part) => part !== false)
    .join(' · ')
}
