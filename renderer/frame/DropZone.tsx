import { useEffect, useRef, useState } from 'react'
import { Images } from 'lucide-react'
import { t } from '../messages/translate.ts'
import styles from './DropZone.module.css'

/** Files and folders may be dropped anywhere in the window. */
export function DropZone({ onPaths }: { readonly onPaths: (paths: readonly string[]) => void }) {
  const [isOver, setOver] = useState(false)
  const depth = useRef(0)
  useEffect(() => {
    const holdsFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false
    const enter = (event: DragEvent): void => {
      if (!holdsFiles(event)) return
      depth.current += 1
      setOver(true)
    }
    const leave = (event: DragEvent): void => {
      if (!holdsFiles(event)) return
      depth.current = Math.max(depth.current - 1, 0)
      if (depth.current === 0) setOver(false)
    }
    const over = (event: DragEvent): void => {
      event.preventDefault()
      if (event.dataTransfer) event.dataTransfer.dropEffect = window.coffer && holdsFiles(event) ? 'copy' : 'none'
    }
    const drop = (event: DragEvent): void => {
      event.preventDefault()
      depth.current = 0
      setOver(false)
      const paths = window.coffer?.pathsOfFiles([...(event.dataTransfer?.files ?? [])]) ?? []
      if (paths.length > 0) onPaths(paths)
    }
    addEventListener('dragenter', enter)
    addEventListener('dragleave', leave)
    addEventListener('dragover', over)
    addEventListener('drop', drop)
    return () => {
      removeEventListener('dragenter', enter)
      removeEventListener('dragleave', leave)
      removeEventListener('dragover', over)
      removeEventListener('drop', drop)
    }
  }, [onPaths])
  if (!isOver) return null
  return (
    <div className={styles['zone']}>
      <div className={styles['frame']}>
        <Images size={56} />
        <p className={styles['title']}>{window.coffer ? t('drop.title') : t('drop.browserTitle')}</p>
        <p className={styles['lead']}>{window.coffer ? t('drop.lead') : t('drop.browserLead')}</p>
      </div>
    </div>
  )
}
