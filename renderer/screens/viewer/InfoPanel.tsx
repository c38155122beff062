import { useState, type ReactNode } from 'react'
import { Download, FolderOpen } from 'lucide-react'
import type { Media } from '../../../main/contract/index.ts'
import { shortPath } from '../../data/home-path.ts'
import { t } from '../../messages/translate.ts'
import { IconButton } from '../../components/IconButton.tsx'
import { useOneStop } from '../../components/one-stop.ts'
import { notify } from '../../components/notices.ts'
import { exposureLine } from '../../messages/exposure.ts'
import { bytes, clock } from '../../messages/format.ts'
import { reasonLine } from '../../messages/reason-line.ts'
import { Caption } from './Caption.tsx'
import { Rating } from './Rating.tsx'
import { When } from './When.tsx'
import { Where } from './Where.tsx'
import styles from './InfoPanel.module.css'

/** Everything that is known about a photo, and how it is known. */
export function InfoPanel({
  media,
  isDating,
  onDating,
  hrefOfImport,
  hrefOfAlbum,
  hrefOfSearch,
}: {
  readonly media: Media
  /** The date is being put right. */
  readonly isDating: boolean
  readonly onDating: (isDating: boolean) => void
  readonly hrefOfImport: (id: string) => string
  readonly hrefOfAlbum: (id: string) => string
  readonly hrefOfSearch: (text: string) => string
}) {
  const camera = cameraLine(media)
  const exposure = exposureLine(media.exposure)
  const tags = useOneStop()
  const albums = media.links.filter((link) => link.linkType === 'contains' && link.otherType === 'album')
  return (
    <aside className={styles['panel']} aria-label={t('viewer.info')}>
      <dl className={styles['facts']}>
        <Fact name={t('viewer.when')}>
          <When media={media} isEditing={isDating} onEditing={onDating} />
        </Fact>
        <Fact name={t('viewer.caption')}>
          <Caption media={media} />
        </Fact>
        <Fact name={t('viewer.rating')}>
          <Rating media={media} />
        </Fact>
        {(camera !== '' || exposure !== '') && (
          <Fact name={t('viewer.camera')}>
            {camera}
            {media.camera.lens !== null && <span className={styles['soft']}>{media.camera.lens}</span>}
            {exposure !== '' && <span className={styles['soft']}>{exposure}</span>}
          </Fact>
        )}
        <Fact name={t('viewer.where')}>
          <Where media={media} />
        </Fact>
        {media.tags.length > 0 && (
          <Fact name={t('viewer.tags')}>
            <ul ref={tags} className={styles['tags']}>
              {media.tags.map((name) => (
                <li key={name}>
                  <a className={styles['tag']} href={hrefOfSearch(name)}>
                    {name}
                  </a>
                </li>
              ))}
            </ul>
          </Fact>
        )}
        {albums.length > 0 && (
          <Fact name={t('nav.albums')}>
            {albums.map((link) => (
              <a key={link.id} className={styles['album']} href={hrefOfAlbum(link.otherId)}>
                {link.otherTitle}
              </a>
            ))}
          </Fact>
        )}
        <Fact name={t('viewer.file')}>
          {media.filename}
          <span className={styles['soft']}>{fileLine(media)}</span>
          <span className={styles['soft']}>
            {media.storage === 'vault' ? t('viewer.inVault') : t('viewer.byReference')}
          </span>
          {media.processingStatus === 'failed' && (
            <span className={styles['attention']}>
              {media.processingError === null ? t('viewer.damaged') : reasonLine(media.processingError)}
            </span>
          )}
          {media.processingStatus === 'complete' && media.processingError !== null && (
            <span className={styles['soft']}>{reasonLine(media.processingError)}</span>
          )}
          {media.processingStatus === 'pending' && <span className={styles['soft']}>{t('viewer.notReadYet')}</span>}
        </Fact>
        <Fact name={t('viewer.hash')}>
          <Hash hash={media.hash} />
        </Fact>
        {media.sources.length > 0 && (
          <Fact name={t('viewer.cameFrom')}>
            {media.sources.map((source) => (
              <Source
                key={`${source.path} ${source.seenAt}`}
                path={source.path}
                importHref={source.importId === null ? null : hrefOfImport(source.importId)}
              />
            ))}
          </Fact>
        )}
      </dl>
    </aside>
  )
}

function Source({ path, importHref }: { readonly path: string; readonly importHref: string | null }) {
  const show = async (): Promise<void> => {
    if ((await window.coffer?.showInFolder(path)) === false) notify(t('viewer.fileGone'))
  }
  return (
    <div className={styles['source']}>
      <span className={styles['path']}>{shortPath(path)}</span>
      {window.coffer && (
        <IconButton name={t('viewer.showInFolder')} onClick={() => void show()}>
          <FolderOpen size={16} />
        </IconButton>
      )}
      {importHref !== null && (
        <a
          className={styles['link']}
          href={importHref}
          aria-label={t('viewer.broughtBy')}
          title={t('viewer.broughtBy')}
        >
          <Download size={16} />
        </a>
      )}
    </div>
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
    <button type="button" className={styles['hash']} title={t('viewer.copyHash')} onClick={() => void copy()}>
      <span className={styles['mono']}>{hash.slice(0, 12)}…</span>
      <span className={styles['soft']} role="status">
        {isCopied ? t('viewer.copied') : ''}
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
    width !== null && height !== null ? t('viewer.pixels', { width, height }) : null,
    width !== null && height !== null && media.mediaType === 'photo'
      ? t('viewer.megapixels', { megapixels: (width * height) / 1e6 })
      : null,
    durationSeconds === null ? null : clock(durationSeconds),
  ]
    .filter((part) => part !== null)
    .join(' · ')
}
