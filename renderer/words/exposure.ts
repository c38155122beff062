import type { Media } from '../../main/contract/index.ts'
import { say } from './say.ts'

/** "1/75 s · ƒ/5.9 · ISO 64 · 24 mm", as far as it is known. */
export function exposureLine({ seconds, aperture, iso, focalLengthMm }: Media['exposure']): string {
  return [
    seconds === null ? null : secondsOf(seconds),
    aperture === null ? null : say('exposure.aperture', { aperture }),
    iso === null ? null : say('exposure.iso', { iso }),
    focalLengthMm === null ? null : say('exposure.focal', { millimetres: focalLengthMm }),
  ]
    .filter((part) => part !== null)
    .join(' · ')
}

function secondsOf(seconds: number): string {
  return seconds > 0 && seconds < 0.5
    ? say('exposure.fraction', { fraction: Math.round(1 / seconds) })
    : say('exposure.seconds', { seconds })
}
