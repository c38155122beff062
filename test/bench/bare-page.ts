import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

/** About as many tiles in a window as Coffer's timeline shows. */
const tile = { width: 220, height: 165 }

/**
 * Writes a page that shows pictures as plainly as a browser can: an `<img>` each, in a grid of fixed size, fetched when it comes
 * near. No database, no layout of rows, no thread of its own, nothing beside the pictures. Returns its path.
 */
export async function writeBarePage(folder: string, pictures: readonly string[]): Promise<string> {
  await mkdir(folder, { recursive: true })
  const addresses = pictures.map((path) => pathToFileURL(path).href)
  const page = join(folder, 'index.html')
  await writeFile(join(folder, 'pictures.js'), `const pictures = ${JSON.stringify(addresses)}`)
  await writeFile(
    page,
    `<!doctype html>
<meta charset="utf-8">
<title>Pictures</title>
<style>
  body { margin: 0 }
  .grid { display: grid; grid-template-columns: repeat(auto-fill, ${tile.width}px); gap: 4px }
  .grid div, .grid img { display: block; width: ${tile.width}px; height: ${tile.height}px }
  .grid img { object-fit: cover }
</style>
<div class="grid"></div>
<script src="pictures.js"></script>
<script>
  const grid = document.querySelector('.grid')
  const tiles = pictures.map((address) => {
    const tile = document.createElement('div')
    tile.dataset.tile = ''
    const picture = document.createElement('img')
    picture.loading = 'lazy'
    picture.onload = () => { picture.dataset.loaded = 'true' }
    picture.src = address
    tile.append(picture)
    return tile
  })
  grid.append(...tiles)
  // So that looking at all of them is not part of what is measured.
  globalThis.tilesNear = () => {
    const columns = Math.floor((grid.clientWidth + 4) / ${tile.width + 4})
    const first = Math.floor(scrollY / ${tile.height + 4}) * columns
    return tiles.slice(first, first + columns * Math.ceil(innerHeight / ${tile.height + 4} + 1))
  }
</script>
`,
  )
  return page
}
