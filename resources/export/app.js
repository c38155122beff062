// Shows an export of Coffer from the disk: no network, no modules, no server. Everything that is text is set as text.
;(() => {
  const words = {
    en: {
      timeline: 'Timeline',
      albums: 'Albums',
      favourites: 'Favourites',
      posts: 'Posts',
      search: 'Search names and captions',
      goTo: 'Go to',
      undated: 'No date',
      photos: (count) => (count === 1 ? '1 photo' : `${count.toLocaleString()} photos`),
      found: (count) => (count === 1 ? '1 photo found' : `${count.toLocaleString()} photos found`),
      searching: 'Searching…',
      nothing: 'There is nothing here.',
      close: 'Close',
      previous: 'Previous',
      next: 'Next',
      original: 'Open the original',
      noPicture: 'There is no picture of this file.',
      viewer: 'Viewer',
    },
    de: {
      timeline: 'Zeitleiste',
      albums: 'Alben',
      favourites: 'Favoriten',
      posts: 'Beiträge',
      search: 'Namen und Beschreibungen suchen',
      goTo: 'Gehe zu',
      undated: 'Ohne Datum',
      photos: (count) => (count === 1 ? '1 Foto' : `${count.toLocaleString()} Fotos`),
      found: (count) => (count === 1 ? '1 Foto gefunden' : `${count.toLocaleString()} Fotos gefunden`),
      searching: 'Suche läuft …',
      nothing: 'Hier ist nichts.',
      close: 'Schließen',
      previous: 'Zurück',
      next: 'Weiter',
      original: 'Original öffnen',
      noPicture: 'Von dieser Datei gibt es kein Bild.',
      viewer: 'Betrachter',
    },
  }
  const language = navigator.language.startsWith('de') ? 'de' : 'en'
  const say = words[language]
  document.documentElement.lang = language

  const [titleEl, nav, jump, search, main, viewer] = ['h1', 'nav', 'select', 'input', 'main', 'dialog'].map((name) =>
    document.querySelector(name),
  )
  const rowHeight = 180
  const gap = 4
  const headHeight = 56

  /** What data/index.js tells; see docs/formats/export.md of Coffer. */
  let index = null
  const chunks = new Map()
  const albumItems = new Map()
  /** Calls that wait for a script of data, by its name. */
  const waiting = new Map()

  window.coffer = {
    index(given) {
      index = given
      begin()
    },
    items(number, list) {
      chunks.set(number, list)
      arrived(`items-${number}`)
    },
    album(number, list) {
      albumItems.set(number, list)
      arrived(`album-${number}`)
    },
  }

  function arrived(name) {
    for (const done of waiting.get(name) ?? []) done()
    waiting.delete(name)
  }

  /** A page from the disk may not fetch, but it may run scripts of its own folder. */
  function load(name) {
    return new Promise((done) => {
      const others = waiting.get(name)
      if (others) return others.push(done)
      waiting.set(name, [done])
      const script = document.createElement('script')
      script.src = `browse/data/${name}.js`
      script.addEventListener('load', () => script.remove())
      script.addEventListener('error', () => arrived(name))
      document.head.append(script)
    })
  }

  const chunkOf = (place) => Math.floor(place / index.chunk)

  function item(place) {
    const found = chunks.get(chunkOf(place))?.[place % index.chunk]
    if (!found) return null
    const [path, picture, local, type, name, caption, isFavourite, seconds, large] = found
    return { path, picture, local, type, name, caption, isFavourite, seconds, large }
  }

  async function itemSoon(place) {
    if (!chunks.has(chunkOf(place))) await load(`items-${chunkOf(place)}`)
    return item(place)
  }

  const address = (path) => path.split('/').map(encodeURIComponent).join('/')

  function element(name, given = {}, ...children) {
    const made = document.createElement(name)
    for (const [key, value] of Object.entries(given)) {
      if (key === 'class') made.className = value
      else if (key.startsWith('on')) made.addEventListener(key.slice(2), value)
      else if (value !== false && value !== null) made.setAttribute(key, value === true ? '' : value)
    }
    made.append(...children)
    return made
  }

  const monthName = new Intl.DateTimeFormat(language, { month: 'long', year: 'numeric', timeZone: 'UTC' })
  const dayName = new Intl.DateTimeFormat(language, { dateStyle: 'full', timeStyle: 'short', timeZone: 'UTC' })
  const nameOfMonth = (month) => (month === null ? say.undated : monthName.format(new Date(`${month}-01T00:00:00Z`)))
  const nameOfMoment = (local) => (local === null ? say.undated : dayName.format(new Date(`${local.slice(0, 19)}Z`)))
  const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.round(seconds) % 60).padStart(2, '0')}`

  /** Rows of pictures as wide as the page, computed from their shapes alone, so that nothing moves when they come. */
  function layOut(groups, width) {
    const rows = []
    let y = 0
    for (const { title, places } of groups) {
      if (title !== null) {
        rows.push({ y, height: headHeight, title, tiles: [] })
        y += headHeight
      }
      let open = []
      let sum = 0
      const close = (isFull) => {
        if (open.length === 0) return
        const height = isFull ? (width - gap * (open.length - 1)) / sum : Math.min(rowHeight, width / sum)
        let x = 0
        const tiles = open.map(([place, ratio]) => {
          const tile = { place, x, width: ratio * height }
          x += tile.width + gap
          return tile
        })
        rows.push({ y, height, title: null, tiles })
        y += height + gap
        open = []
        sum = 0
      }
      for (const place of places) {
        const ratio = Math.min(3, Math.max(0.5, index.ratios[place] / 100))
        open.push([place, ratio])
        sum += ratio
        if (sum * rowHeight + gap * (open.length - 1) >= width) close(true)
      }
      close(false)
    }
    return { rows, height: y + 24 }
  }

  let current = null

  /** Draws the rows that are in sight and no others: a hundred thousand pictures scroll like a hundred. */
  function showGrid(groups, head) {
    const grid = element('div', { class: 'grid' })
    const order = groups.flatMap((group) => group.places)
    const at = new Map()
    current = { groups, order, at, grid, layout: null, drawn: new Map() }
    for (let number = 0; number < order.length; number += 1) at.set(order[number], number)
    main.replaceChildren(...(head ? [head] : []), grid)
    main.scrollTop = 0
    measure()
  }

  function measure() {
    if (!current) return
    const width = Math.max(240, main.clientWidth - 48)
    current.layout = layOut(current.groups, width)
    current.grid.style.height = `${current.layout.height}px`
    current.grid.replaceChildren()
    current.drawn.clear()
    draw()
  }

  function draw() {
    if (!current?.layout) return
    const { layout, drawn, grid } = current
    const top = main.scrollTop - grid.offsetTop - 600
    const bottom = main.scrollTop - grid.offsetTop + main.clientHeight + 600
    let first = 0
    for (let low = 0, high = layout.rows.length; low < high; first = low) {
      const middle = (low + high) >> 1
      if (layout.rows[middle].y + layout.rows[middle].height < top) low = middle + 1
      else high = middle
    }
    const wanted = new Set()
    for (let number = first; number < layout.rows.length && layout.rows[number].y < bottom; number += 1) {
      wanted.add(number)
      if (drawn.has(number)) continue
      const made = rowElement(layout.rows[number])
      drawn.set(number, made)
      grid.append(made)
    }
    for (const [number, made] of drawn) {
      if (wanted.has(number)) continue
      made.remove()
      drawn.delete(number)
    }
  }

  function rowElement(row) {
    const made = element('div', { class: 'row' })
    made.style.top = `${row.y}px`
    made.style.height = `${row.height}px`
    if (row.title !== null) made.append(element('h2', {}, row.title))
    for (const tile of row.tiles) made.append(tileElement(tile))
    return made
  }

  function tileElement({ place, x, width }) {
    const made = element('button', { class: 'tile', type: 'button', onclick: () => open(place) })
    made.style.left = `${x}px`
    made.style.width = `${width}px`
    void itemSoon(place).then((found) => {
      if (!found) return
      made.setAttribute('aria-label', `${found.name}, ${nameOfMoment(found.local)}`)
      if (found.picture) made.append(pictureOf(found))
      else made.append(element('span', { class: 'name' }, found.name))
      if (found.seconds !== null) made.append(element('span', { class: 'badge' }, clock(found.seconds)))
    })
    return made
  }

  const pictureOf = (found) =>
    element('img', { src: `browse/pictures/${address(found.picture)}`, alt: '', loading: 'lazy', decoding: 'async' })

  function byMonth() {
    let from = 0
    return index.months.map(([month, count]) => {
      const places = Array.from({ length: count }, (_, number) => from + number)
      from += count
      return { title: nameOfMonth(month), places }
    })
  }

  function showAlbums() {
    current = null
    const cards = index.albums.map(({ name, count, cover }, number) => {
      const frame = element('span', { class: 'cover' })
      if (cover !== null) {
        void itemSoon(cover).then((found) => found?.picture && frame.append(pictureOf(found)))
      }
      const link = element('a', { href: `#album/${number}` }, frame, element('b', {}, name))
      link.append(element('span', {}, say.photos(count)))
      return element('li', {}, link)
    })
    main.replaceChildren(
      cards.length === 0 ? element('p', { class: 'lead' }, say.nothing) : element('ul', { class: 'albums' }, ...cards),
    )
  }

  async function showAlbum(number) {
    const album = index.albums[number]
    if (!album) return showAlbums()
    if (!albumItems.has(number)) await load(`album-${number}`)
    const head = element('div', { class: 'head' }, element('h2', {}, album.name))
    head.append(element('p', {}, [album.description, say.photos(album.count)].filter(Boolean).join('\n')))
    showGrid([{ title: null, places: albumItems.get(number) ?? [] }], head)
  }

  let asked = 0

  async function find(test, label) {
    asked += 1
    const mine = asked
    const isLate = () => mine !== asked
    current = null
    main.replaceChildren(element('p', { class: 'lead', role: 'status' }, say.searching))
    const found = []
    for (let number = 0; number * index.chunk < index.count; number += 1) {
      if (!chunks.has(number)) await load(`items-${number}`)
      if (isLate()) return
      for (let place = number * index.chunk; place < Math.min(index.count, (number + 1) * index.chunk); place += 1) {
        const each = item(place)
        if (each && test(each)) found.push(place)
      }
    }
    const head = element('p', { class: 'lead', role: 'status' }, label(found.length))
    showGrid([{ title: null, places: found }], head)
  }

  const plain = (text) => text.normalize('NFC').toLocaleLowerCase(language)

  function route() {
    asked += 1
    const [screen, number] = decodeURIComponent(location.hash.slice(1)).split('/')
    for (const link of nav.children) link.toggleAttribute('aria-current', link.hash === `#${screen || 'timeline'}`)
    jump.hidden = screen !== '' && screen !== 'timeline'
    if (screen === 'albums') showAlbums()
    else if (screen === 'album') void showAlbum(Number(number))
    else if (screen === 'favourites') void find((each) => each.isFavourite === 1, say.photos)
    else showGrid(byMonth(), null)
  }

  let shown = null

  async function open(place) {
    const found = await itemSoon(place)
    if (!found) return
    shown = place
    const facts = element('div', { class: 'facts' })
    if (found.caption) facts.append(element('p', { class: 'caption' }, found.caption))
    facts.append(element('p', {}, nameOfMoment(found.local)))
    const bar = element('div', { class: 'bar' }, element('b', {}, found.name))
    if (found.path) bar.append(element('a', { href: address(found.path), target: '_blank' }, say.original))
    bar.append(
      element('button', { type: 'button', onclick: () => turn(-1), 'aria-label': say.previous }, '←'),
      element('button', { type: 'button', onclick: () => turn(1), 'aria-label': say.next }, '→'),
      element('button', { type: 'button', onclick: () => viewer.close() }, say.close),
    )
    viewer.setAttribute('aria-label', say.viewer)
    viewer.replaceChildren(bar, element('div', { class: 'stage' }, stageOf(found)), facts)
    if (!viewer.open) viewer.showModal()
  }

  function stageOf(found) {
    const isFilm = found.type === 'video' || found.type === 'audio'
    if (isFilm && found.path) return element(found.type, { src: address(found.path), controls: true })
    const large = found.large ? `browse/large/${address(found.large)}` : found.path && address(found.path)
    if (found.type === 'photo' && large) return element('img', { src: large, alt: found.caption || found.name })
    if (found.picture) return element('img', { src: `browse/pictures/${address(found.picture)}`, alt: found.name })
    return element('p', {}, say.noPicture)
  }

  function turn(step) {
    if (!current || shown === null) return
    const next = current.order[(current.at.get(shown) ?? 0) + step]
    if (next !== undefined) void open(next)
  }

  function begin() {
    titleEl.textContent = index.title
    document.title = index.title
    const links = [
      ['#timeline', say.timeline],
      ['#albums', say.albums],
      ['#favourites', say.favourites],
      ...(index.posts > 0 ? [['posts/index.html', say.posts]] : []),
    ]
    nav.replaceChildren(...links.map(([href, name]) => element('a', { href }, name)))
    nav.setAttribute('aria-label', index.title)
    search.placeholder = say.search
    search.setAttribute('aria-label', say.search)
    jump.setAttribute('aria-label', say.goTo)
    jump.replaceChildren(
      ...index.months.map(([month], number) => element('option', { value: String(number) }, nameOfMonth(month))),
    )
    jump.addEventListener('change', () => {
      const heads = current?.layout?.rows.filter((row) => row.title !== null) ?? []
      main.scrollTop = heads[Number(jump.value)]?.y ?? 0
    })
    let pause = 0
    search.addEventListener('input', () => {
      clearTimeout(pause)
      pause = setTimeout(() => {
        const text = plain(search.value.trim())
        if (text === '') return route()
        void find((each) => plain(`${each.name} ${each.caption}`).includes(text), say.found)
      }, 200)
    })
    main.addEventListener('scroll', () => requestAnimationFrame(draw), { passive: true })
    window.addEventListener('resize', measure)
    window.addEventListener('hashchange', () => {
      search.value = ''
      route()
    })
    viewer.addEventListener('close', () => viewer.replaceChildren())
    viewer.addEventListener('keydown', (event) => {
      if (event.key === 'ArrowLeft') turn(-1)
      else if (event.key === 'ArrowRight') turn(1)
    })
    route()
  }
})()
