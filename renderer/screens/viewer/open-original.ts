import { originalUrl } from '../../data/media.ts'
import { notify } from '../../components/notices.ts'
import { t } from '../../messages/translate.ts'

/** Opens a copy of the original in another program; a browser shows or saves it. */
export async function openOriginal(id: string): Promise<void> {
  if (!window.coffer) {
    window.open(originalUrl(id), '_blank', 'noopener')
    return
  }
  if (!(await window.coffer.openOriginal(id).catch(() => false))) notify(t('viewer.notOpened'))
}
