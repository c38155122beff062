import { t } from '../../messages/translate.ts'

const dayMs = 86_400_000

/** How long something stays in the trash, in words. */
export function daysLeft({ purgeAt }: { readonly purgeAt: string }): string {
  return t('trash.daysLeft', { days: Math.max(Math.ceil((Date.parse(purgeAt) - Date.now()) / dayMs), 0) })
}
