/** Where a service takes the wish for an export. */
const pages: Readonly<Record<string, string>> = {
  strava: 'https://www.strava.com/athlete/delete_your_account',
  instagram: 'https://accountscenter.instagram.com/info_and_permissions/dyi/',
  google_photos: 'https://takeout.google.com/',
  facebook: 'https://www.facebook.com/dyi/',
  x: 'https://x.com/settings/download_your_data',
  threads: 'https://accountscenter.threads.com/info_and_permissions/dyi/',
  flickr: 'https://www.flickr.com/account/',
}

export function exportPage(platform: string): string | null {
  return pages[platform] ?? null
}

/** Where a key of one’s own is made. */
export const stravaApiPage = 'https://www.strava.com/settings/api'
