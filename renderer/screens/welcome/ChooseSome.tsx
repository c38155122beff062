import { useState } from 'react'
import type { ListSnapshotAlbums } from '../../../main/contract/index.ts'
import { sentenceOf } from '../../data/client.ts'
import { useSnapshotAlbums } from '../../data/restore.ts'
import { Check } from '../../components/Check.tsx'
import { Choices } from '../../components/Choices.tsx'
import { Problem } from '../../components/Problem.tsx'
import { TextArea } from '../../components/TextArea.tsx'
import { t } from '../../messages/translate.ts'
import styles from './RestoreVault.module.css'

/** Albums to tick, and photos by their names. */
export function ChooseSome({
  from,
  onOnly,
}: {
  readonly from: ListSnapshotAlbums
  readonly onOnly: (only: readonly string[]) => void
}) {
  const [ticked, setTicked] = useState<readonly string[]>([])
  const [names, setNames] = useState('')
  const found = useSnapshotAlbums(from)
  const change = (albums: readonly string[], typed: string): void => {
    setTicked(albums)
    setNames(typed)
    const photos = typed.split('\n').map((line) => line.trim())
    onOnly([...albums, ...photos.filter((name) => name !== '')])
  }
  if (found.isPending) return <p role="status">{t('loading')}</p>
  if (found.isError) return <Problem sentence={sentenceOf(found.error)} />
  const { items: albums } = found.data
  return (
    <>
      {albums.length > 0 && (
        <Choices legend={t('restore.albums')}>
          <div className={styles['moments']}>
            {albums.map(({ id, name, files }) => (
              <Check
                key={id}
                isOn={ticked.includes(id)}
                onChange={(isOn) => change(isOn ? [...ticked, id] : ticked.filter((each) => each !== id), names)}
              >
                {name} · {t('files', { count: files })}
              </Check>
            ))}
          </div>
        </Choices>
      )}
      <TextArea
        label={t('restore.names')}
        hint={t('restore.namesHint')}
        value={names}
        onText={(text) => change(ticked, text)}
      />
    </>
  )
}
