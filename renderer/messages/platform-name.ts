/** What services call themselves; these names are the same in every language. */
const names: Readonly<Record<string, string>> = {
  bluesky: 'Bluesky',
  mastodon: 'Mastodon',
  strava: 'Strava',
  instagram: 'Instagram',
  google_photos: 'Google Photos',
  facebook: 'Facebook',
  x: 'X',
  threads: 'Threads',
  flickr: 'Flickr',
}

/** The name of a service; one that is new here is called by its sign, `some_thing` then reads "Some thing". */
export function platformName(platform: string): string {
  const known = names[platform]
  if (known !== undefined) return known
  const words = platform.replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
