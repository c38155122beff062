import type { Sample } from './index.ts'
import { ip, odd } from './odd.ts'

export function tweet(id: string, full_text: string, more: object = {}): { tweet: Record<string, unknown> } {
  return {
    tweet: {
      id,
      id_str: id,
      full_text,
      created_at: 'Wed Oct 10 20:19:24 +0000 2018',
      favorite_count: '3',
      retweet_count: '1',
      retweeted: false,
      lang: 'en',
      ...more,
    },
  }
}

export function script(name: string, values: readonly unknown[], part = 0): string {
  return `window.YTD.${name}.part${part} = ${JSON.stringify(values, null, 2)}`
}

const account = { account: { accountId: '12', username: 'ana', accountDisplayName: 'Ana', email: 'a@b.example' } }
const media = {
  id_str: '77',
  type: 'photo',
  url: 'https://t.co/pic',
  media_url_https: 'https://pbs.twimg.com/media/Abc.jpg',
}
const files = {
  'Your archive.html': '<html>',
  'data/manifest.js': 'window.__THAR_CONFIG = {}',
  'data/account.js': script('account', [account]),
  'data/profile.js': script('profile', [{ profile: { description: { bio: 'Bio' } } }]),
  'data/ip-audit.js': script('ip_audit', [{ ipAudit: { loginIp: ip } }]),
  'data/tweets.js': script('tweets', [
    tweet('1', 'one https://t.co/pic', { extended_entities: { media: [media] }, ip: ip }),
    tweet('2', odd),
    tweet('3', 'RT @ben: three'),
  ]),
  'data/tweets-part1.js': script('tweets', [tweet('4', 'four')], 1),
  'data/tweets_media/1-Abc.jpg': 'picture',
}

export const x: Sample = {
  name: 'x',
  files,
  broken: { ...files, 'data/tweets.js': files['data/tweets.js'].replace('"id_str": "2"', '"id_str": 2,,') },
  posts: ['1', '2', '3', '4'],
  isOdd: true,
}
