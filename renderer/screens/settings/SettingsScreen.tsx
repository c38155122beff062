import type { ReactNode } from 'react'
import type { VaultState } from '../../../main/contract/index.ts'
import { sentenceOf } from '../../engine/client.ts'
import { shortPath } from '../../engine/home-path.ts'
import { setPreferences, usePreferences, type Theme } from '../../engine/preferences.ts'
import { useStatus, useVault } from '../../engine/vault.ts'
import { Check } from '../../parts/Check.tsx'
import { Choice } from '../../parts/Choice.tsx'
import { Mark } from '../../parts/Mark.tsx'
import { Problem } from '../../parts/Problem.tsx'
import { bytes, number } from '../../words/format.ts'
import { say } from '../../words/say.ts'
import { Background } from './Background.tsx'
import { ErasePart } from './ErasePart.tsx'
import { ExportPart } from './ExportPart.tsx'
import { Health } from './Health.tsx'
import { KeyMap } from './KeyMap.tsx'
import { OwnPart } from './OwnPart.tsx'
import { PeoplePart } from './PeoplePart.tsx'
import { ProgramsPart } from './ProgramsPart.tsx'
import { StoredKeysPart } from './StoredKeysPart.tsx'
import styles from './SettingsScreen.module.css'

const themes: readonly Theme[] = ['system', 'light', 'dark']

/** The vault, how things look and behave, the way out, the keys, and what the app is made of. */
export function SettingsScreen() {
  const vault = useVault()
  const { theme, askBeforeImport, importByReference } = usePreferences()
  return (
    <div className={styles['page']}>
      <h1 className={styles['title']}>{say('nav.settings')}</h1>
      <Part title={say('settings.vault')}>{vault.data?.state === 'ready' && <VaultFacts vault={vault.data} />}</Part>
      {vault.data?.state === 'ready' && (
        <>
          <Part title={say('settings.you')}>
            <OwnPart me={vault.data.me} />
          </Part>
          {vault.data.me.isAdmin && (
            <Part title={say('settings.people')}>
              <PeoplePart myId={vault.data.me.id} />
            </Part>
          )}
          {vault.data.me.isAdmin && (
            <Part title={say('settings.storedKeys')}>
              <StoredKeysPart />
            </Part>
          )}
          <Part title={say('settings.programs')}>
            <ProgramsPart isAdmin={vault.data.me.isAdmin} />
          </Part>
        </>
      )}
      <Part title={say('settings.health')}>
        <Health />
      </Part>
      {window.coffer && (
        <Part title={say('settings.appearance')}>
          <fieldset className={styles['choices']}>
            <legend className={styles['legend']}>{say('settings.theme')}</legend>
            {themes.map((each) => (
              <Choice
                key={each}
                group="theme"
                name={say(`settings.theme.${each}`)}
                isChosen={theme === each}
                onChoose={() => setPreferences({ theme: each })}
              />
            ))}
          </fieldset>
        </Part>
      )}
      <Part title={say('settings.import')}>
        <Check isOn={askBeforeImport} onChange={(isOn) => setPreferences({ askBeforeImport: isOn })}>
          {say('imports.ask')}
        </Check>
        <fieldset className={styles['choices']}>
          <legend className={styles['legend']}>{say('sheet.how')}</legend>
          <Choice
            group="keep"
            name={say('sheet.copy')}
            hint={say('sheet.copyHint')}
            isChosen={!importByReference}
            onChoose={() => setPreferences({ importByReference: false })}
          />
          <Choice
            group="keep"
            name={say('sheet.reference')}
            hint={say('sheet.referenceHint')}
            isChosen={importByReference}
            onChoose={() => setPreferences({ importByReference: true })}
          />
        </fieldset>
      </Part>
      {window.coffer && (
        <Part title={say('settings.background')}>
          <Background />
        </Part>
      )}
      <Part title={say('settings.privacy')}>
        <ul className={styles['promises']}>
          <li>{say('privacy.network')}</li>
          <li>{say('privacy.places')}</li>
          <li>{say('privacy.originals')}</li>
          <li>{say('privacy.backups')}</li>
        </ul>
      </Part>
      <Part title={say('settings.export')}>
        <ExportPart />
      </Part>
      <Part title={say('settings.keys')}>
        <KeyMap />
      </Part>
      <Part title={say('settings.about')}>
        <p className={styles['about']}>
          <span className={styles['mark']}>
            <Mark size={32} />
          </span>
          {say('settings.aboutLine', { version: cofferVersion })}
          <br />
          {say('settings.data')}
        </p>
        <details className={styles['licences']}>
          <summary>{say('settings.licences')}</summary>
          <ul>
            {cofferLicences.map(({ name, licence }) => (
              <li key={name} className={styles['licence']}>
                <span>{name}</span>
                <span>{licence}</span>
              </li>
            ))}
          </ul>
        </details>
      </Part>
      <Part title={say('settings.erase')}>
        <ErasePart />
      </Part>
    </div>
  )
}

function VaultFacts({ vault }: { readonly vault: VaultState & { readonly state: 'ready' } }) {
  const status = useStatus()
  if (status.isError) return <Problem sentence={sentenceOf(status.error)} onRetry={() => void status.refetch()} />
  return (
    <dl className={styles['facts']}>
      <Fact name={say('settings.name')}>{vault.name}</Fact>
      <Fact name={say('welcome.folder')}>{shortPath(vault.path)}</Fact>
      {status.data && (
        <>
          <Fact name={say('settings.items')}>{number(status.data.media)}</Fact>
          <Fact name={say('imports.size')}>{bytes(status.data.bytes)}</Fact>
          <Fact name={say('settings.database')}>
            {status.data.database.engine} {status.data.database.version}
          </Fact>
        </>
      )}
    </dl>
  )
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className={styles['part']}>
      <h2 className={styles['heading']}>{title}</h2>
      <div className={styles['content']}>{children}</div>
    </section>
  )
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className={styles['fact']}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
