import type { ReactNode } from 'react'
import type { VaultState } from '../../../main/contract/index.ts'
import { sentenceOf } from '../../data/client.ts'
import { shortPath } from '../../data/home-path.ts'
import { setPreferences, usePreferences, type Theme } from '../../data/preferences.ts'
import { useStatus, useVault } from '../../data/vault.ts'
import { Check } from '../../components/Check.tsx'
import { Choice } from '../../components/Choice.tsx'
import { Mark } from '../../components/Mark.tsx'
import { Problem } from '../../components/Problem.tsx'
import { bytes, number } from '../../messages/format.ts'
import { t } from '../../messages/translate.ts'
import type { KeyGroup } from '../../screen.ts'
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
export function SettingsScreen({ keyGroups }: { readonly keyGroups: readonly KeyGroup[] }) {
  const vault = useVault()
  const { theme, askBeforeImport, importByReference } = usePreferences()
  return (
    <div className={styles['page']}>
      <h1 className={styles['title']}>{t('nav.settings')}</h1>
      <Part title={t('settings.vault')}>{vault.data?.state === 'ready' && <VaultFacts vault={vault.data} />}</Part>
      {vault.data?.state === 'ready' && (
        <>
          <Part title={t('settings.you')}>
            <OwnPart me={vault.data.me} />
          </Part>
          {vault.data.me.isAdmin && (
            <Part title={t('settings.people')}>
              <PeoplePart myId={vault.data.me.id} />
            </Part>
          )}
          {vault.data.me.isAdmin && (
            <Part title={t('settings.storedKeys')}>
              <StoredKeysPart />
            </Part>
          )}
          <Part title={t('settings.programs')}>
            <ProgramsPart isAdmin={vault.data.me.isAdmin} />
          </Part>
        </>
      )}
      <Part title={t('settings.health')}>
        <Health />
      </Part>
      {window.coffer && (
        <Part title={t('settings.appearance')}>
          <fieldset className={styles['choices']}>
            <legend className={styles['legend']}>{t('settings.theme')}</legend>
            {themes.map((each) => (
              <Choice
                key={each}
                group="theme"
                name={t(`settings.theme.${each}`)}
                isChosen={theme === each}
                onChoose={() => setPreferences({ theme: each })}
              />
            ))}
          </fieldset>
        </Part>
      )}
      <Part title={t('settings.import')}>
        <Check isOn={askBeforeImport} onChange={(isOn) => setPreferences({ askBeforeImport: isOn })}>
          {t('imports.ask')}
        </Check>
        <fieldset className={styles['choices']}>
          <legend className={styles['legend']}>{t('sheet.how')}</legend>
          <Choice
            group="keep"
            name={t('sheet.copy')}
            hint={t('sheet.copyHint')}
            isChosen={!importByReference}
            onChoose={() => setPreferences({ importByReference: false })}
          />
          <Choice
            group="keep"
            name={t('sheet.reference')}
            hint={t('sheet.referenceHint')}
            isChosen={importByReference}
            onChoose={() => setPreferences({ importByReference: true })}
          />
        </fieldset>
      </Part>
      {window.coffer && (
        <Part title={t('settings.background')}>
          <Background />
        </Part>
      )}
      <Part title={t('settings.privacy')}>
        <ul className={styles['promises']}>
          <li>{t('privacy.network')}</li>
          <li>{t('privacy.places')}</li>
          <li>{t('privacy.originals')}</li>
          <li>{t('privacy.backups')}</li>
        </ul>
      </Part>
      <Part title={t('settings.export')}>
        <ExportPart />
      </Part>
      <Part title={t('settings.keys')}>
        <KeyMap groups={keyGroups} />
      </Part>
      <Part title={t('settings.about')}>
        <p className={styles['about']}>
          <span className={styles['mark']}>
            <Mark size={32} />
          </span>
          {t('settings.aboutLine', { version: cofferVersion })}
          <br />
          {t('settings.data')}
        </p>
        <details className={styles['licences']}>
          <summary>{t('settings.licences')}</summary>
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
      <Part title={t('settings.erase')}>
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
      <Fact name={t('settings.name')}>{vault.name}</Fact>
      <Fact name={t('welcome.folder')}>{shortPath(vault.path)}</Fact>
      {status.data && (
        <>
          <Fact name={t('settings.items')}>{number(status.data.media)}</Fact>
          <Fact name={t('imports.size')}>{bytes(status.data.bytes)}</Fact>
          <Fact name={t('settings.database')}>
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
