import type { Media } from '../../main/contract/index.ts'
import { t } from './translate.ts'

/** "1/75 s · ƒ/5.9 · ISO 64 · 24 mm", as far as it is known. */
export function exposureLine({ seconds, aperture, iso, focalLengthMm }: Media['exposure']): string {
  return [
    seconds === null ? null : secondsOf(seconds),
    aperture === null ? null : t('exposure.aperture', { aperture }),
    iso === null ? null : t('exposure.iso', { iso }),
    focalLengthMm === null ? null : t('exposure.focal', { millimetres: focalLengthMm }),
  ]
    .filter((part) => part !== null)
    .join(' · ')
}

function secondsOf(seconds: number): string {
  return seconds > 0 && seconds < 0.5
    ? t('exposure.fraction', { fraction: Math.round(1 / seconds) })
    : t('exposure.seconds', { seconds })
}
