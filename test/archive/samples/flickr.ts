import type { Sample } from './index.ts'
import { ip, odd } from './odd.ts'

export const photo = (id: string, more: object = {}): object => ({
  id,
  name: 'Killarney Lake',
  description: 'Seen from <a href="https://a.example">here</a>',
  count_views: '53',
  count_faves: '2',
  count_comments: '1',
  date_taken: '2008-07-01 13:04:18',
  date_imported: '2008-07-03 09:48:30',
  photopage: `https://www.flickr.com/photos/ana/${id}/`,
  original: `https://farm4.staticflickr.com/3008/${id}_6ab_o.jpg`,
  license: 'All Rights Reserved',
  geo: { latitude: '49696401', longitude: '-123159753', accuracy: '15' },
  tags: [{ tag: 'lake', user: 'x' }],
  albums: [{ id: '7', title: 'Canada' }],
  privacy: 'public',
  ip,
  ...more,
})
const files = {
  'account_profile.json': {
    nsid: '12@N01',
    screen_name: 'ana',
    real_name: 'Ana',
    profile_url: 'https://www.flickr.com/people/ana/',
  },
  'albums.json': { albums: [] },
  'photo_2634391576.json': photo('2634391576'),
  'photo_2634391577.json': photo('2634391577', { name: odd, description: '', geo: [] }),
  'photo_2634391578.json': photo('2634391578', { name: '', privacy: 'private' }),
  'killarney-lake_2634391576_o.jpg': 'picture',
  '2634391577_6ab6f1017f_o.jpg': 'picture',
  'film_2634391578.mp4': 'film',
}

export const flickr: Sample = {
  name: 'flickr',
  files,
  broken: { ...files, 'photo_2634391577.json': '{"id":"26343915' },
  posts: ['2634391576', '2634391577', '2634391578'],
  isOdd: true,
}
