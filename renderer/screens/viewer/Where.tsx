import { MapPin, Pencil } from 'lucide-react'
import type { Media } from '../../../main/contract/index.ts'
import { useTownNear } from '../../data/places.ts'
import { DialogAction } from '../../components/photos/DialogAction.tsx'
import { PlaceDialog } from '../../components/photos/edit/PlaceDialog.tsx'
import { PlaceMap } from '../../components/photos/PlaceMap.tsx'
import { t } from '../../messages/translate.ts'
import { townName } from '../../messages/town.ts'
import styles from './Facts.module.css'

/** A town stands for what lies within it; beyond that a photo was taken near it. */
const withinKm = 8

/** Where a photo was taken; it can be put right in its place. */
export function Where({ media }: { readonly media: Media }) {
  const { latitude, longitude, altitudeM } = media
  const place = latitude === null || longitude === null ? null : { latitude, longitude }
  const near = useTownNear(place).data
  const renderDialog = (close: () => void) => <PlaceDialog ids={[media.id]} onClose={close} />
  if (!place) {
    return (
      <span className={styles['add']}>
        <DialogAction name={t('places.add')} icon={<MapPin size={16} />} letter="p" renderDialog={renderDialog} />
      </span>
    )
  }
  const point = `${place.latitude.toFixed(5)}, ${place.longitude.toFixed(5)}`
  return (
    <>
      <div className={styles['line']}>
        <div className={styles['text']}>
          {near ? t(near.distanceKm <= withinKm ? 'places.at' : 'places.near', { town: townName(near) }) : point}
          {near && <span className={styles['soft']}>{point}</span>}
          {altitudeM !== null && <span className={styles['soft']}>{t('viewer.altitude', { metres: altitudeM })}</span>}
        </div>
        <DialogAction
          name={t('places.edit')}
          icon={<Pencil size={16} />}
          letter="p"
          isIcon
          renderDialog={renderDialog}
        />
      </div>
      <PlaceMap latitude={place.latitude} longitude={place.longitude} />
    </>
  )
}
