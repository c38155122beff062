import { useState } from 'react'
import { Building2, Crosshair } from 'lucide-react'
import type { PlaceChange } from '../../../../main/contract/index.ts'
import { sentenceOf } from '../../../data/client.ts'
import { changePlaces } from '../../../data/media-edits.ts'
import { useTowns } from '../../../data/places.ts'
import { t } from '../../../messages/translate.ts'
import { townName } from '../../../messages/town.ts'
import { Button } from '../../Button.tsx'
import { CancelButton, Dialog } from '../../Dialog.tsx'
import { Picker, type Offer } from '../../Picker.tsx'
import { Problem } from '../../Problem.tsx'
import { PlaceMap } from '../PlaceMap.tsx'
import { changeAndSay } from './edit-notice.ts'
import { coordinatesIn } from './coordinates.ts'
import styles from './Edit.module.css'

interface Offered extends Offer {
  readonly latitude: number
  readonly longitude: number
}

/** Where photos were taken: a town by its name, or coordinates as maps show them. */
export function PlaceDialog({ ids, onClose }: { readonly ids: readonly string[]; readonly onClose: () => void }) {
  const [text, setText] = useState('')
  const [chosen, setChosen] = useState<Offered | null>(null)
  const [isBusy, setBusy] = useState(false)
  const point = coordinatesIn(text)
  const towns = useTowns(point ? '' : text)
  const offers: readonly Offered[] = point
    ? [{ key: 'point', sign: <Crosshair size={18} />, name: pointName(point), ...point }]
    : text.trim().length > 1
      ? (towns.data ?? []).map((town) => ({
          key: `${town.name} ${town.latitude} ${town.longitude}`,
          sign: <Building2 size={18} />,
          name: townName(town),
          latitude: town.latitude,
          longitude: town.longitude,
        }))
      : []
  const isNowhere =
    !point && text.trim().length > 1 && towns.isSuccess && !towns.isPlaceholderData && offers.length === 0

  const change = async (place: PlaceChange): Promise<void> => {
    setBusy(true)
    const isDone = await changeAndSay(changePlaces(ids, place), 'places.changed')
    setBusy(false)
    if (isDone) onClose()
  }
  return (
    <Dialog
      title={t('places.title', { count: ids.length })}
      onClose={onClose}
      actions={
        <>
          <CancelButton />
          <Button
            kind="primary"
            disabled={isBusy || chosen === null}
            onClick={() => {
              if (chosen) void change({ latitude: chosen.latitude, longitude: chosen.longitude })
            }}
          >
            {t('places.set')}
          </Button>
        </>
      }
    >
      {chosen ? (
        <div className={styles['place']}>
          <PlaceMap latitude={chosen.latitude} longitude={chosen.longitude} />
          <p>{chosen.name}</p>
          <Button kind="quiet" onClick={() => setChosen(null)}>
            {t('places.other')}
          </Button>
        </div>
      ) : (
        <>
          {towns.isError && <Problem sentence={sentenceOf(towns.error)} onRetry={() => void towns.refetch()} />}
          <Picker
            label={t('places.find')}
            listLabel={t('places.found')}
            text={text}
            maxLength={200}
            offers={offers}
            onText={setText}
            onTake={(key) => setChosen(offers.find((offer) => offer.key === key) ?? null)}
          />
          <p className={styles['now']} role="status">
            {isNowhere ? t('places.nothing') : t('places.hint')}
          </p>
          <div className={styles['more']}>
            <Button kind="quiet" disabled={isBusy} onClick={() => void change('imported')}>
              {t('places.imported')}
            </Button>
            <Button kind="quiet" disabled={isBusy} onClick={() => void change(null)}>
              {t('places.none')}
            </Button>
          </div>
        </>
      )}
    </Dialog>
  )
}

function pointName({ latitude, longitude }: { readonly latitude: number; readonly longitude: number }): string {
  return `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`
}
