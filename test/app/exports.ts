import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

const actor = { id: 'https://social.example/users/ann', type: 'Person', preferredUsername: 'ann', name: 'Ann' }
const everybody = 'https://www.w3.org/ns/activitystreams#Public'

interface Note {
  readonly number: number
  /** `2024-05-01T10:00:00Z` */
  readonly published: string
  readonly html: string
  readonly more?: object
}

function written({ number, published, html, more = {} }: Note): object {
  const id = `https://social.example/users/ann/statuses/${number}`
  return {
    id: `${id}/activity`,
    type: 'Create',
    actor: actor.id,
    published,
    to: [everybody],
    cc: [],
    object: { id, url: id, type: 'Note', published, content: html, to: [everybody], attachment: [], ...more },
  }
}

/** An export of Mastodon, unpacked: a reply, a picture, one picture that is missing, one record nobody can read, and many notes. */
export async function mastodonExport(folder: string, picture: string, notes = 60): Promise<string> {
  const medium = (path: string, name: string): object => ({
    attachment: [{ type: 'Document', mediaType: 'image/jpeg', url: path, name, width: 640, height: 480 }],
  })
  const kept = 'media_attachments/files/1/original/tower.jpeg'
  const first = [
    {
      number: 1,
      published: '2024-05-03T10:00:00Z',
      html: '<p>The tower at noon. <a href="https://example.org/tower">https://example.org/tower</a></p>',
      more: medium(`/${kept}`, 'A tower above a narrow street'),
    },
    {
      number: 2,
      published: '2024-05-03T08:00:00Z',
      html: '<p>Yes, by the river.</p>',
      more: { inReplyTo: 'https://social.example/users/ben/statuses/7' },
    },
    {
      number: 3,
      published: '2024-05-02T19:30:00Z',
      html: '<p>A picture that was lost on the way.</p>',
      more: medium('/media_attachments/files/2/original/gone.jpeg', 'Nothing is left of it'),
    },
    // A day of the photos that the tests have.
    { number: 4, published: '2008-10-22T16:30:00Z', html: '<p>Arezzo!</p>' },
  ]
  const many = Array.from({ length: notes }, (_, index) => ({
    number: 100 + index,
    published: new Date(Date.UTC(2024, 3, 30, 20) - index * 7 * 3_600_000).toISOString(),
    html: `<p>Note number ${index + 1} of many, about nothing in particular.</p>`,
  }))
  const items = [...[...first, ...many].map(written), { type: 'Create', object: { type: 'Note' } }]
  const files = {
    'actor.json': actor,
    'outbox.json': { id: 'outbox.json', type: 'OrderedCollection', totalItems: items.length, orderedItems: items },
  }
  await mkdir(dirname(join(folder, kept)), { recursive: true })
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), JSON.stringify(content))
  await writeFile(join(folder, kept), await readFile(picture))
  return folder
}
