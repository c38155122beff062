import { t } from '../messages/translate.ts'
import { notify } from './notices.ts'

/** Opens a web address in the person's browser: nothing of it is ever shown in here. */
export async function openLink(url: string): Promise<void> {
  if (!window.coffer) {
    window.open(url, '_blank', 'noopener,noreferrer')
    return
  }
  if (!(await window.coffer.openLink(url))) notify(t('link.failed'))
}
