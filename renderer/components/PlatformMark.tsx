import { platformName } from '../messages/platform-name.ts'
import styles from './PlatformMark.module.css'

/** Hues of their own, near enough to the services’ to be told apart; their logos belong to them. */
const hues: Readonly<Record<string, number>> = {
  bluesky: 250,
  mastodon: 285,
  strava: 45,
  instagram: 350,
  google_photos: 140,
  facebook: 262,
  flickr: 330,
}

/** A service as a small letter on its colour; grey for those that have none. */
export function PlatformMark({ platform, size = 24 }: { readonly platform: string; readonly size?: number }) {
  const hue = hues[platform]
  return (
    <span
      className={styles['mark']}
      style={{
        inlineSize: size,
        blockSize: size,
        background: hue === undefined ? 'oklch(42% 0.01 95)' : `oklch(46% 0.12 ${hue})`,
      }}
      aria-hidden="true"
    >
      {platformName(platform).charAt(0)}
    </span>
  )
}
