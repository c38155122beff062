import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'vitest'
import { RegExpParser, visitRegExpAST } from '@eslint-community/regexpp'
import { parseSync } from 'oxc-parser'
import { analyse } from 'scslre'
import { safeName } from '../main/engine/export/names.ts'
import { readExif } from '../main/engine/media/blocks/exif.ts'
import { photoshopResources, readIptc } from '../main/engine/media/blocks/iptc.ts'
import { readXmp } from '../main/engine/media/blocks/xmp.ts'
import { parseDate, parseOffset, parseWordDate } from '../main/engine/media/dates.ts'
import { filenameDate } from '../main/engine/media/filename-date.ts'
import { jpegHead } from '../main/engine/media/formats/jpeg.ts'
import { placeOf } from '../main/engine/media/formats/movie-names.ts'
import { tiffBlocks } from '../main/engine/media/formats/tiff.ts'
import { looksLikeSvg } from '../main/engine/media/kind/svg.ts'
import { recogniseKind } from '../main/engine/media/kind/recognise.ts'
import { elementCutter } from '../main/engine/archive/json-elements.ts'
import { htmlOf } from '../main/engine/platforms/bluesky/facets.ts'
import { textOfHtml } from '../main/engine/platforms/html-text.ts'
import { momentOf } from '../main/engine/platforms/instants.ts'
import { mended } from '../main/engine/platforms/meta/mojibake.ts'
import { dateOf } from '../main/engine/platforms/strava/date.ts'
import { readXmlTrack } from '../main/engine/platforms/strava/xml-track.ts'
import { wordsOf as wordsOfTweet } from '../main/engine/platforms/x/words.ts'
import { daysMeant, wordsOf } from '../main/engine/search/days.ts'
import { filtersMeant } from '../main/engine/search/filters.ts'
import { projectRoot } from './support/folders.ts'

/** What runs in the engine, or checks what comes to it. */
const roots = ['main/engine', 'main/contract']

interface Expression {
  readonly file: string
  readonly source: string
  readonly flags: string
}

test('no expression of the engine takes more than one pass over a text', () => {
  const found = roots.flatMap((root) =>
    readdirSync(join(projectRoot, root), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .flatMap((name) => expressionsIn(join(root, name), readFileSync(join(projectRoot, root, name), 'utf8'))),
  )
  assert.ok(found.length > 130, `only ${found.length} expressions were found`)
  const slow = found.filter(({ source, flags }) => isSlow(source, flags))
  assert.deepEqual(
    slow.map(({ file, source }) => `${file}: ${source}`),
    [],
  )
})

test('the check sees what it is for', () => {
  for (const source of ['(a+)+$', '\\s+$', '^\\s*(<!--[^]*?-->\\s*)*<svg', '(x*y*)*z', '=+$']) {
    assert.ok(isSlow(source, ''), source)
  }
  const [built] = expressionsIn('a.ts', "const part = 'a+'\nexport const all = new RegExp(`^(${part})+$`, 'i')")
  assert.deepEqual([built?.source, built?.flags], ['^(a+)+$', 'i'])
  assert.throws(() => expressionsIn('a.ts', 'export const made = (x: string) => new RegExp(x)'), /cannot be checked/)
})

/** Repetitions inside of repetitions that a separator keeps apart, each looked at by hand. */
const separated = new Set(['^truncate ([\\w".]+(?:, [\\w".]+)*) cascade;$'])

function isSlow(source: string, flags: string): boolean {
  if (isNested(source, flags) && !separated.has(source)) return true
  return analyse({ source, flags: flags.replace('v', 'u') }).reports.length > 0
}

/** Whether something without an end repeats inside of something without an end: what the analysis does not always see. */
function isNested(source: string, flags: string): boolean {
  const modes = { unicode: /[uv]/.test(flags), unicodeSets: flags.includes('v') }
  let depth = 0
  let deepest = 0
  visitRegExpAST(new RegExpParser().parsePattern(source, 0, source.length, modes), {
    onQuantifierEnter({ max }) {
      if (max === Infinity) depth += 1
      deepest = Math.max(deepest, depth)
    },
    onQuantifierLeave({ max }) {
      if (max === Infinity) depth -= 1
    },
  })
  return deepest > 1
}

/** Every expression of a file, also those that are put together from constants. */
function expressionsIn(file: string, text: string): Expression[] {
  const { program } = parseSync(file, text)
  const constants = new Map<string, unknown>()
  const found: Expression[] = []
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) return node.forEach(visit)
    if (!isNode(node)) return
    if (node['type'] === 'VariableDeclarator' && isNode(node['id']))
      constants.set(String(node['id']['name']), node['init'])
    const regex = node['regex']
    if (node['type'] === 'Literal' && isNode(regex)) {
      found.push({ file, source: String(regex['pattern']), flags: String(regex['flags']) })
    }
    if (node['type'] === 'NewExpression' && isNode(node['callee']) && node['callee']['name'] === 'RegExp') {
      const [pattern, flags] = Array.isArray(node['arguments']) ? node['arguments'] : []
      const source = textOf(pattern, constants)
      if (source === null) throw new Error(`${file}: an expression made of what is not constant cannot be checked`)
      found.push({ file, source, flags: textOf(flags, constants) ?? '' })
    }
    for (const each of Object.values(node)) visit(each)
  }
  visit(program)
  return found
}

type Node = Readonly<Record<string, unknown>>

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The text of a constant expression; null when it has none. */
function textOf(node: unknown, constants: ReadonlyMap<string, unknown>): string | null {
  if (!isNode(node)) return null
  if (node['type'] === 'Literal') return typeof node['value'] === 'string' ? node['value'] : null
  if (node['type'] === 'Identifier') return textOf(constants.get(String(node['name'])), constants)
  if (node['type'] === 'TaggedTemplateExpression') return template(node['quasi'], constants, 'raw')
  if (node['type'] === 'TemplateLiteral') return template(node, constants, 'cooked')
  // Escaped, a text from outside is as harmless as any letters; words joined by bars are such letters too.
  if (node['type'] === 'CallExpression' && isNode(node['callee']) && isNode(node['callee']['property'])) {
    const name = node['callee']['property']['name']
    if (name === 'escape') return 'text'
    if (name === 'join') return 'one|two'
  }
  return null
}

function template(node: unknown, constants: ReadonlyMap<string, unknown>, kind: 'raw' | 'cooked'): string | null {
  if (!isNode(node) || !Array.isArray(node['quasis']) || !Array.isArray(node['expressions'])) return null
  let text = ''
  for (const [at, part] of node['quasis'].entries()) {
    text += String(part.value[kind])
    const expression: unknown = node['expressions'][at]
    if (expression === undefined) continue
    const inner = textOf(expression, constants)
    if (inner === null) return null
    text += inner
  }
  return text
}

/** Readers of foreign bytes and texts, each with an input that grows and is made to be hard for it. */
const readers: readonly [name: string, read: (size: number) => unknown][] = [
  ['comments before a drawing', (size) => looksLikeSvg(Buffer.from('<!-- -->'.repeat(size)))],
  ['a drawing that never comes', (size) => looksLikeSvg(Buffer.from(' \n'.repeat(size * 4)))],
  ['comments that do not end', (size) => looksLikeSvg(Buffer.from('<!--'.repeat(size * 2)))],
  ['document types', (size) => looksLikeSvg(Buffer.from('<!DOCTYPE svg [' + ']'.repeat(size * 8)))],
  ['first bytes', (size) => recogniseKind(Buffer.from('<?xml ?>' + '<!---->'.repeat(size)), 'a.xml')],
  [
    'XMP of many properties',
    (size) =>
      readXmp(
        `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description>${'<a/>'.repeat(size)}`,
      ),
  ],
  [
    'XMP of many levels',
    (size) =>
      readXmp(
        `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description>${'<a>'.repeat(size)}`,
      ),
  ],
  [
    'XMP of many attributes',
    (size) => readXmp(`<a ${Array.from({ length: size }, (_, at) => `b${at}=""`).join(' ')}/>`),
  ],
  ['XMP of errors', (size) => readXmp('<&'.repeat(size))],
  ['XMP of entities', (size) => readXmp(`<a>${'&amp;'.repeat(size)}</a>`)],
  ['XMP of one text', (size) => readXmp(`<a>${'x'.repeat(size * 8)}`)],
  ['IPTC', (size) => readIptc(Buffer.alloc(size * 6, Buffer.from([0x1c, 2, 25, 0, 1, 0x61])))],
  [
    'Photoshop’s resources',
    (size) => photoshopResources(Buffer.alloc(size * 12, Buffer.from('8BIM\0\u0001\0\0\0\0\0\0'))),
  ],
  [
    'segments of a JPEG',
    (size) =>
      jpegHead(Buffer.concat([Buffer.from([0xff, 0xd8]), Buffer.alloc(size * 4, Buffer.from([0xff, 0xe1, 0, 2]))])),
  ],
  [
    'parts of long XMP',
    (size) =>
      jpegHead(
        Buffer.concat([
          Buffer.from([0xff, 0xd8]),
          Buffer.alloc(size * 40, Buffer.from('\xff\xe1\0\x27http://ns.adobe.com/xmp/extension/\0a', 'latin1')),
        ]),
      ),
  ],
  [
    'entries of a TIFF',
    (size) => tiffBlocks(Buffer.concat([Buffer.from('II*\0\b\0\0\0\xff\xff', 'latin1'), Buffer.alloc(size * 12, 1)])),
  ],
  [
    'EXIF that points at itself',
    (size) =>
      readExif(
        Buffer.concat([
          Buffer.from('II*\0\b\0\0\0\xff\xff', 'latin1'),
          Buffer.alloc(size * 12, Buffer.from([0x69, 0x87, 4, 0, 1, 0, 0, 0, 8, 0, 0, 0])),
        ]),
      ),
  ],
  ['a date', (size) => [parseDate, parseWordDate, parseOffset].map((parse) => parse(`2021${' '.repeat(size * 8)}`))],
  ['a date of colons', (size) => [parseDate, parseWordDate].map((parse) => parse(':'.repeat(size * 8)))],
  ['a file name', (size) => filenameDate('2021-02-'.repeat(size))],
  ['a place', (size) => placeOf('+1'.repeat(size * 4))],
  ['a name for an export', (size) => safeName(`${'. '.repeat(size * 4)}x`, '.jpg')],
  ['elements of an array', (size) => elementCutter([]).add(Buffer.from(`[${'{"a":[1]},'.repeat(size)}`))],
  ['an array in brackets', (size) => elementCutter(['a']).add(Buffer.from(`{"b":${'['.repeat(size * 8)}`))],
  ['lines of a post in HTML', (size) => textOfHtml('<p>a<br>b '.repeat(size))],
  ['words of a post in HTML', (size) => textOfHtml('<b>a </b>'.repeat(size))],
  ['tags of a post that nothing ends', (size) => textOfHtml('<'.repeat(size * 8))],
  ['a date of a post', (size) => [momentOf, dateOf].map((read) => read(`2021${' 1'.repeat(size * 8)}`))],
  ['a mangled text', (size) => mended('Ã©'.repeat(size * 8))],
  ['a tweet of links', (size) => wordsOfTweet('https://t.co/a '.repeat(size), new Map(), [])],
  [
    'links of a post',
    (size) =>
      htmlOf(
        'a'.repeat(size),
        Array.from({ length: size }, (_, at) => ({
          index: { byteStart: at, byteEnd: at + 1 },
          features: [{ $type: 'app.bsky.richtext.facet#tag', tag: 'a' }],
        })),
      ),
  ],
  ['a recording', (size) => readXmlTrack(`<gpx>${'<trkpt lat="1" lon="2"><ele>1</ele></trkpt>'.repeat(size)}`)],
  ['a search for kinds and stars', (size) => filtersMeant(`5 ${' '.repeat(size * 8)} ${'★'.repeat(size)}`)],
  ['a search for days', (size) => [daysMeant(`2021 ${' '.repeat(size * 8)}`), wordsOf('" '.repeat(size))]],
]

/** Milliseconds of this thread's own processor time: other work on the computer does not count. */
function spent(): number {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}

for (const [name, read] of readers) {
  test(`eight times as much is far from sixty-four times the work: ${name}`, async () => {
    const least = async (size: number): Promise<number> => {
      // Some systems count in steps of ten milliseconds: less is as good as nothing.
      let best = Infinity
      for (let round = 0; round < 3; round += 1) {
        const before = spent()
        await read(size)
        best = Math.min(best, spent() - before)
      }
      return best
    }
    await least(500)
    let size = 500
    let once = await least(size)
    // Grown until a clock can tell, or until nobody could call it slow.
    while (once < 3 && size < 32_000) {
      size *= 2
      once = await least(size)
    }
    const limit = (): number => Math.max(once, 3) * 24 + 20
    // A measurement that something disturbed is made again; work that grows with the square fails every time.
    let more = await least(size * 8)
    for (let again = 0; again < 3 && more >= limit(); again += 1) {
      once = Math.max(once, await least(size))
      more = await least(size * 8)
    }
    assert.ok(more < limit(), `${size}: ${once.toFixed(1)} ms, ${size * 8}: ${more.toFixed(1)} ms`)
  })
}
