import { ChevronRight } from 'lucide-react'
import { connectors } from '../../../main/contract/index.ts'
import { CancelButton, Dialog } from '../../components/Dialog.tsx'
import { useOneStop } from '../../components/one-stop.ts'
import { PlatformMark } from '../../components/PlatformMark.tsx'
import { platformName } from '../../messages/platform-name.ts'
import { t } from '../../messages/translate.ts'
import type { Connector } from './ConnectDialog.tsx'
import styles from './ChooseService.module.css'

const synced = connectors.filter(({ ways }) => ways[0] !== 'archive')
const exported = connectors.filter(({ ways }) => ways[0] === 'archive')

/** The services there are, those that let Coffer in before those that only give an export. */
export function ChooseService({
  onChoose,
  onClose,
}: {
  readonly onChoose: (platform: string) => void
  readonly onClose: () => void
}) {
  const stop = useOneStop()
  return (
    <Dialog title={t('connect.title')} onClose={onClose} actions={<CancelButton />}>
      <div ref={stop} className={styles['groups']}>
        <Group name={t('connect.synced')} all={synced} onChoose={onChoose} />
        <Group name={t('connect.exports')} all={exported} onChoose={onChoose} />
      </div>
    </Dialog>
  )
}

function Group({
  name,
  all,
  onChoose,
}: {
  readonly name: string
  readonly all: readonly Connector[]
  readonly onChoose: (platform: string) => void
}) {
  return (
    <section>
      <h3 className={styles['title']}>{name}</h3>
      <ul className={styles['services']}>
        {all.map(({ platform }) => (
          <li key={platform}>
            <button type="button" className={styles['service']} onClick={() => onChoose(platform)}>
              <PlatformMark platform={platform} />
              <span className={styles['name']}>{platformName(platform)}</span>
              <ChevronRight size={14} />
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
