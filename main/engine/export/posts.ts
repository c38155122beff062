import type { Reader, Reads } from '../database/index.ts'
import { writeText } from './lines.ts'

interface Post {
  readonly platform: string
  readonly author: string | null
  readonly text: string | null
  readonly url: string | null
  readonly at: string | null
}

/** Writes the social archive to read, as `posts/<year>.html`. Returns how many posts there are. */
export async function writePosts(database: Reads, userId: string, dir: string): Promise<number> {
  return database.read(userId, async (tx) => {
    const byYear = new Map<string, Post[]>()
    let count = 0
    for await (const page of pagesOf(tx)) {
      count += page.length
      for (const post of page) {
        const year = post.at?.slice(0, 4) ?? 'undated'
        const ofYear = byYear.get(year)
        if (ofYear) ofYear.push(post)
        else byYear.set(year, [post])
      }
    }
    if (count === 0) return 0
    const years = [...byYear.keys()].toSorted().toReversed()
    for (const year of years) await writeText(dir, `posts/${year}.html`, pageOf(year, byYear.get(year) ?? []))
    await writeText(
      dir,
      'posts/index.html',
      document('Posts', `<ul>${years.map((year) => `<li><a href="${year}.html">${year}</a></li>`).join('')}</ul>`),
    )
    return count
  })
}

async function* pagesOf(tx: Reader): AsyncGenerator<Post[]> {
  for (let after = '00000000-0000-0000-0000-000000000000'; ;) {
    const rows = await tx.query<{ id: string; post: Post }>(
      `select id, json_build_object('platform', platform, 'author', author_handle,
          'text', text_content, 'url', url, 'at', created_at_platform) as post
       from vault.posts p where deleted_at is null and id > $1 order by id limit 1000`,
      [after],
    )
    const last = rows.at(-1)
    if (!last) return
    yield rows.map((row) => row.post)
    after = last.id
  }
}

/** The posts of one year to read, newest first, without scripts and without the network. */
function pageOf(year: string, posts: readonly Post[]): string {
  const articles = posts
    .toSorted((left, right) => (right.at ?? '').localeCompare(left.at ?? ''))
    .map(({ platform, author, text, url, at }) => {
      const when =
        at === null ? '' : `<time datetime="${escaped(at)}">${escaped(at.slice(0, 16).replace('T', ' '))}</time>`
      const source =
        url !== null && /^https?:/.test(url) ? ` · <a href="${escaped(url)}" rel="noreferrer">${escaped(url)}</a>` : ''
      const by = author === null ? '' : ` · ${escaped(author)}`
      return `<article><p class="about">${when} · ${escaped(platform)}${by}${source}</p><p>${escaped(text ?? '')}</p></article>`
    })
  return document(`Posts ${year}`, articles.join('\n'))
}

function document(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self' file:">
<meta name="color-scheme" content="light dark">
<meta name="viewport" content="width=device-width">
<title>${escaped(title)}</title>
<link rel="stylesheet" href="../browse/app.css">
<body class="posts">
<p><a href="../index.html">Photos</a></p>
<h1>${escaped(title)}</h1>
${body}
</body>
</html>
`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
