import { useState } from 'react'
import { Ellipsis, Gauge, KeyRound, Power, ShieldCheck, UserPlus } from 'lucide-react'
import type { Person } from '../../../main/contract/index.ts'
import { sentenceOf } from '../../data/client.ts'
import { useEditPerson, usePeople } from '../../data/people.ts'
import { Button } from '../../components/Button.tsx'
import { IconButton } from '../../components/IconButton.tsx'
import { Menu, MenuItem } from '../../components/Menu.tsx'
import { notify } from '../../components/notices.ts'
import { useOneStop } from '../../components/one-stop.ts'
import { Problem } from '../../components/Problem.tsx'
import { ago, bytes } from '../../messages/format.ts'
import { t } from '../../messages/translate.ts'
import { AddPersonDialog } from './AddPersonDialog.tsx'
import { PasswordDialog } from './PasswordDialog.tsx'
import { QuotaDialog } from './QuotaDialog.tsx'
import styles from './PeoplePart.module.css'

type Open = { readonly what: 'password' | 'quota'; readonly person: Person } | { readonly what: 'add' } | null

/** Everybody in the vault, for administrators: names and figures, nothing of what they keep. */
export function PeoplePart({ myId }: { readonly myId: string }) {
  const people = usePeople()
  const stop = useOneStop()
  const [open, setOpen] = useState<Open>(null)
  const edit = useEditPerson()
  const change = (person: Person, input: { readonly isActive?: boolean; readonly isAdmin?: boolean }): void =>
    edit.mutate({ id: person.id, edit: input }, { onError: (error) => notify(sentenceOf(error)) })
  const close = (): void => setOpen(null)
  return (
    <>
      <p className={styles['hint']}>{t('people.lead')}</p>
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
                <IconButton name={t('people.more', { name: person.username })}>
                  <Ellipsis />
                </IconButton>
              }
            >
              <MenuItem icon={<Gauge size={16} />} onClick={() => setOpen({ what: 'quota', person })}>
                {t('people.quota')}
              </MenuItem>
              {person.id !== myId && (
                <>
                  <MenuItem icon={<KeyRound size={16} />} onClick={() => setOpen({ what: 'password', person })}>
                    {t('people.password')}
                  </MenuItem>
                  <MenuItem
                    icon={<ShieldCheck size={16} />}
                    onClick={() => change(person, { isAdmin: !person.isAdmin })}
                  >
                    {t(person.isAdmin ? 'people.noAdmin' : 'people.makeAdmin')}
                  </MenuItem>
                  <MenuItem icon={<Power size={16} />} onClick={() => change(person, { isActive: !person.isActive })}>
                    {t(person.isActive ? 'people.disable' : 'people.enable')}
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
          {t('people.add')}
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
      : t('people.usedOf', { used: bytes(storageUsed), quota: bytes(storageQuota) }),
    person.isAdmin && t('people.admin'),
    !person.isActive && t('people.disabled'),
    !person.hasPassword && t('people.noPassword'),
    lastSignInAt !== null && t('people.lastSignIn', { ago: ago(lastSignInAt) }),
  ]
    .filter((part) => part !== false)
    .join(' · ')
}
