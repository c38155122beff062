import { useState } from 'react'
import { Trash2 } from 'lucide-react'
import { sentenceOf } from '../../data/client.ts'
import { usePurge, useTrash, useTrashedObjects, type Doomed } from '../../data/trash.ts'
import { Button } from '../../components/Button.tsx'
import { CancelButton, Dialog } from '../../components/Dialog.tsx'
import { Empty } from '../../components/Empty.tsx'
import { notify } from '../../components/notices.ts'
import { useOneStop } from '../../components/one-stop.ts'
import { Problem } from '../../components/Problem.tsx'
import { bytes } from '../../messages/format.ts'
import { t } from '../../messages/translate.ts'
import { TrashedObjects } from './TrashedObjects.tsx'
import { TrashedPhotos } from './TrashedPhotos.tsx'
import styles from './TrashScreen.module.css'

const views = ['photos', 'objects'] as const
type View = (typeof views)[number]

interface Asking {
  readonly doomed: Doomed
  readonly media: number
  readonly objects: number
  readonly onDone: () => void
}

/** What was thrown away, until its time is up: back with it, or gone for good. */
export function TrashScreen() {
  const trash = useTrash()
  const others = useTrashedObjects()
  const purge = usePurge()
  const stop = useOneStop()
  const [wanted, setWanted] = useState<View>('photos')
  const [asking, setAsking] = useState<Asking | null>(null)
  const photos = trash.data?.pages[0]?.total ?? 0
  const objects = others.data?.pages[0]?.total ?? 0
  const size = trash.data?.pages[0]?.bytes ?? 0
  const view: View = objects === 0 ? 'photos' : photos === 0 ? 'objects' : wanted

  const destroy = ({ doomed, media, objects: items, onDone }: Asking): void => {
    setAsking(null)
    purge.mutate(doomed, {
      onSuccess: ({ changed }) => {
        onDone()
        notify(
          t(items === 0 ? 'trash.purged' : media === 0 ? 'trash.itemsPurged' : 'trash.allPurged', { count: changed }),
        )
      },
      onError: (error) => notify(sentenceOf(error)),
    })
  }

  const failed = [trash, others].find(({ isError }) => isError)
  if (failed) {
    return (
      <div className={styles['problem']}>
        <Problem sentence={sentenceOf(failed.error)} onRetry={() => void failed.refetch()} />
      </div>
    )
  }
  const header = (
    <header className={styles['header']}>
      <div className={styles['top']}>
        <div>
          <h1 className={styles['title']}>{t('nav.trash')}</h1>
          {view === 'photos' && photos > 0 && (
            <p className={styles['lead']}>{t('trash.lead', { count: photos, size: bytes(size) })}</p>
          )}
          {view === 'objects' && <p className={styles['lead']}>{t('trash.itemsLead', { count: objects })}</p>}
        </div>
        {photos + objects > 0 && (
          <Button
            disabled={purge.isPending}
            onClick={() => setAsking({ doomed: { all: true }, media: photos, objects, onDone: () => undefined })}
          >
            {t('trash.empty')}
          </Button>
        )}
      </div>
      {photos > 0 && objects > 0 && (
        <div ref={stop} className={styles['views']} role="group" aria-label={t('trash.views')}>
          {views.map((each) => (
            <Button key={each} kind="quiet" aria-pressed={each === view} onClick={() => setWanted(each)}>
              {t(`trash.view.${each}`, { count: each === 'photos' ? photos : objects })}
            </Button>
          ))}
        </div>
      )}
    </header>
  )
  return (
    <section className={styles['page']} aria-label={t('nav.trash')}>
      {trash.data && others.data && photos + objects === 0 ? (
        <>
          {header}
          <Empty icon={<Trash2 size={40} strokeWidth={1.25} />} title={t('trash.nothing')}>
            {t('trash.nothingLead')}
          </Empty>
        </>
      ) : view === 'photos' ? (
        <TrashedPhotos
          trash={trash}
          header={header}
          onDelete={(ids, onDone) => setAsking({ doomed: { media: ids }, media: ids.length, objects: 0, onDone })}
        />
      ) : (
        <TrashedObjects
          trash={others}
          header={header}
          onDelete={(items, onDone) =>
            setAsking({ doomed: { objects: items }, media: 0, objects: items.length, onDone })
          }
        />
      )}
      {asking !== null && (
        <Dialog
          title={t('trash.sure')}
          onClose={() => setAsking(null)}
          actions={
            <>
              <CancelButton />
              <Button kind="danger" onClick={() => destroy(asking)}>
                {asking.objects === 0
                  ? t('trash.purge', { count: asking.media })
                  : asking.media === 0
                    ? t('trash.purgeItems', { count: asking.objects })
                    : t('trash.purgeAll')}
              </Button>
            </>
          }
        >
          {asking.media > 0 && asking.objects > 0 && (
            <p>{t('trash.sureAll', { count: asking.media, others: asking.objects })}</p>
          )}
          <p>{t(asking.media === 0 ? 'trash.sureItems' : 'trash.sureLead')}</p>
        </Dialog>
      )}
    </section>
  )
}
