import { useState, type ReactNode } from 'react'
import type { Media } from '../../../main/contract/index.ts'
import { shortPath } from '../../engine/home-path.ts'
import { words } from '../../words/en.ts'
import { bytes, clock, offset, wallTime } from '../../words/format.ts'
import styles from './InfoPanel.module.css'

export function InfoPanel({ media }: { readonly media: Media }) {
  const camera = cameraLine(media)
  const exposure = words.viewer.exposure(media.exposure)
  return (
    <aside className={styles['panel']} aria-label={words.viewer.info}>
      <dl className={styles['facts']}>
        <Fact name={words.viewer.when}>
          {media.takenLocal === null ? (
            words.viewer.noDate
          ) : (
            <>
              {wallTime(media.takenLocal)}
              <span className={styles['soft']}>
                {media.utcOffsetMinutes === null ? words.viewer.zoneUnknown : offset(media.utcOffsetMinutes)}
              </span>
            </>
          )}
          {media.takenSource !== null && (
            <span className={styles['chip']}>{words.viewer.source[media.takenSource]}</span>
          )}
        </Fact>
        {(camera !== '' || exposure !== '') && (
          <Fact name={words.viewer.camera}>
            {camera}
            {media.camera.lens !== null && <span className={styles['soft']}>{media.camera.lens}</span>}
            {exposure !== '' && <span className={styles['soft']}>{exposure}</span>}
          </Fact>
        )}
        {media.latitude !== null && media.longitude !== null && (
          <Fact name={words.viewer.where}>
            {media.latitude.toFixed(5)}, {media.longitude.toFixed(5)}
            {media.altitudeM !== null && (
              <span className={styles['soft']}>{words.viewer.altitude(media.altitudeM)}</span>
            )}
          </Fact>
        )}
        <Fact name={words.viewer.file}>
          {media.filename}
          <span className={styles['soft']}>{fileLine(media)}</span>
          <span className={styles['soft']}>
            {media.storage === 'vault' ? words.viewer.inVault : words.viewer.byReference}
          </span>
          {media.processingStatus === 'failed' && (
            <span className={styles['attention']}>{media.processingError ?? words.viewer.damaged}</span>
          )}
        </Fact>
        <Fact name={words.viewer.hash}>
          <Hash hash={media.hash} />
        </Fact>
        {media.sources.length > 0 && (
          <Fact name={words.viewer.cameFrom}>
            {media.sources.map((source) => (
              <span key={`${source.path} ${source.seenAt}`} className={styles['path']}>
                {shortPath(source.path)}
              </span>
            ))}
          </Fact>
        )}
      </dl>
    </aside>
  )
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className={styles['fact']}>
      <dt className={styles['label']}>{name}</dt>
      <dd className={styles['value']}>{children}</dd>
    </div>
  )
}

function Hash({ hash }: { readonly hash: string }) {
  const [isCopied, setCopied] = useState(false)
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(hash)
    setCopied(true)
  }
  return (
    <button
      type="button"
      className={styles['hash']}
      title={words.viewer.copyHash}
      aria-label={words.viewer.copyHash}
      onClick={() => void copy()}
    >
      <span className={styles['mono']}>{hash.slice(0, 12)}…</span>
      <span className={styles['soft']} role="status">
        {isCopied ? words.viewer.copied : ''}
      </span>
    </button>
  )
}

/** Many cameras repeat the maker in the model. */
function cameraLine({ camera: { make, model } }: Media): string {
  if (make === null || model === null) return model ?? make ?? ''
  return model.toLowerCase().startsWith(make.toLowerCase()) ? model : `${make} ${model}`
}

function fileLine(media: Media): string {
  const { width, height, durationSeconds } = media
  return [
    bytes(media.sizeBytes),
    width !== null && height !== null ? words.viewer.pixels(width, height) : null,
    width !== null && height !== null && media.mediaType === 'photo' ? words.viewer.megapixels(width, height) : null,
    durationSeconds === null ? null : clock(durationSeconds),
  ]
    .filter((part) => part !== null)
    .join(' · ')
}
