import { SaxesParser } from 'saxes'
import type { Tags } from './tags.ts'

const rdf = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#'
const xml = 'http://www.w3.org/XML/1998/namespace'
/** The prefix each namespace is known by; a file may call it by another, or by Adobe's first names of it. */
const prefixes: Readonly<Record<string, string>> = {
  'http://ns.adobe.com/xap/1.0/': 'xmp',
  'http://ns.adobe.com/xap/1.0/mm/': 'xmpMM',
  'http://ns.adobe.com/xap/1.0/rights/': 'xmpRights',
  'http://ns.adobe.com/exif/1.0/': 'exif',
  'http://ns.adobe.com/exif/1.0/aux/': 'aux',
  'http://cipa.jp/exif/1.0/': 'exifEX',
  'http://ns.adobe.com/tiff/1.0/': 'tiff',
  'http://ns.adobe.com/photoshop/1.0/': 'photoshop',
  'http://ns.adobe.com/lightroom/1.0/': 'lr',
  'http://ns.adobe.com/camera-raw-settings/1.0/': 'crs',
  'http://purl.org/dc/elements/1.1/': 'dc',
  'http://www.digikam.org/ns/1.0/': 'digiKam',
  'http://ns.microsoft.com/photo/1.0/': 'MicrosoftPhoto',
  'http://ns.microsoft.com/photo/1.0': 'MicrosoftPhoto',
  'http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/': 'Iptc4xmpCore',
  'http://iptc.org/std/Iptc4xmpExt/2008-02-29/': 'Iptc4xmpExt',
  'http://www.metadataworkinggroup.com/schemas/regions/': 'mwg-rs',
  'http://ns.google.com/photos/1.0/camera/': 'GCamera',
  'http://ns.adobe.com/xmp/1.0/DynamicMedia/': 'xmpDM',
}
/** What is nested deeper is no property of a photo, and names are looked up through every level: reading ends there. */
const maxDepth = 64
const maxNodes = 100_000
const maxBytes = 16 << 20

interface Node {
  readonly uri: string
  readonly local: string
  readonly name: string
  readonly attributes: readonly { readonly uri: string; readonly local: string; readonly name: string; value: string }[]
  readonly children: Node[]
  text: string
}

/**
 * Reads an XMP packet: a sidecar file, or the block a container carries, in UTF-8 or UTF-16. Properties are named
 * `prefix:name`; lists are arrays, structures objects, language alternatives `{ lang, value }` with the default first.
 * A packet that is broken somewhere gives what stands before and beside that; nothing is thrown.
 */
export function readXmp(packet: Uint8Array | string): Tags {
  const text = typeof packet === 'string' ? packet : decodeText(packet.subarray(0, maxBytes))
  const properties: Record<string, unknown> = {}
  for (const description of descriptions(parse(text))) {
    for (const [name, value] of Object.entries(structure(description, 0))) properties[name] ??= value
  }
  return properties
}

/** Text of a file that says its encoding by a byte order mark, or shows it by where its zeros are. */
export function decodeText(bytes: Uint8Array): string {
  const [first, second, third] = bytes
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (first === 0 && second !== 0) return new TextDecoder('utf-16be').decode(bytes)
  if (first !== 0 && second === 0 && third !== 0) return new TextDecoder('utf-16le').decode(bytes)
  return new TextDecoder('utf-8').decode(bytes)
}

/** The tree of an XML text as far as it can be read. */
function parse(text: string): Node {
  const root: Node = { uri: '', local: '', name: '', attributes: [], children: [], text: '' }
  const open: Node[] = [root]
  let count = 0
  const parser = new SaxesParser({ xmlns: true, fragment: true, position: false })
  // Without a listener the parser would throw; with one it goes on behind the error.
  parser.on('error', () => {})
  parser.on('opentag', (tag) => {
    const attributes = Object.values(tag.attributes).filter((each) => each.prefix !== 'xmlns' && each.name !== 'xmlns')
    const node: Node = { uri: tag.uri, local: tag.local, name: tag.name, attributes, children: [], text: '' }
    count += 1
    if (open.length > maxDepth || count > maxNodes) throw new Error('this is no packet of a photo')
    open.at(-1)?.children.push(node)
    open.push(node)
  })
  parser.on('closetag', () => {
    if (open.length > 1) open.pop()
  })
  const add = (part: string): void => {
    const node = open.at(-1)
    if (node) node.text += part
  }
  parser.on('text', add)
  parser.on('cdata', add)
  try {
    parser.write(text).close()
  } catch {
    // What was read before the parser gave up stays.
  }
  return root
}

/** The descriptions of a packet, wherever they stand: some writers leave out what is around them. */
function* descriptions(node: Node): Generator<Node> {
  for (const each of node.children) {
    if (each.uri === rdf && each.local === 'Description') yield each
    else yield* descriptions(each)
  }
}

/** The properties of a description or of a structure: its attributes and its elements. */
function structure(node: Node, depth: number): Record<string, unknown> {
  const properties: Record<string, unknown> = {}
  for (const each of node.attributes) {
    if (each.uri !== rdf && each.uri !== xml && each.uri !== '') properties[propertyName(each)] = each.value
  }
  if (depth > maxDepth) return properties
  for (const each of node.children) properties[propertyName(each)] = valueOf(each, depth + 1)
  return properties
}

function propertyName(of: { readonly uri: string; readonly local: string; readonly name: string }): string {
  const prefix = prefixes[of.uri]
  return prefix === undefined ? of.name : `${prefix}:${of.local}`
}

function valueOf(node: Node, depth: number): unknown {
  const inner = node.children[0]
  if (inner?.uri === rdf && /^(Bag|Seq|Alt)$/.test(inner.local)) return list(inner, depth)
  const described = inner?.uri === rdf && inner.local === 'Description' ? inner : node
  const properties = structure(described, depth)
  if (Object.keys(properties).length > 0) return properties
  const resource = node.attributes.find((each) => each.uri === rdf && each.local === 'resource')
  return resource?.value ?? node.text.trim()
}

/** A list of one is that one. The default language comes first. */
function list(node: Node, depth: number): unknown {
  const items = node.children.filter((each) => each.uri === rdf && each.local === 'li')
  if (node.local !== 'Alt') return single(items.map((each) => valueOf(each, depth + 1)))
  const said = items.map((each) => {
    const lang = each.attributes.find((attribute) => attribute.uri === xml && attribute.local === 'lang')?.value
    const value = valueOf(each, depth + 1)
    return lang === undefined ? value : { lang, value }
  })
  const isDefault = (each: unknown): boolean =>
    typeof each === 'object' && each !== null && 'lang' in each && each.lang === 'x-default'
  return single([...said.filter(isDefault), ...said.filter((each) => !isDefault(each))])
}

function single(values: readonly unknown[]): unknown {
  return values.length === 1 ? values[0] : values
}
