import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'vitest'
import sharp from 'sharp'
import { pictureMimeType } from '../../main/engine/media/index.ts'
import { recogniseKind } from '../../main/engine/media/kind/recognise.ts'
import { kindOf, ownSamples, samples, withoutSamples } from './support.ts'

const text = (value: string): Uint8Array => Buffer.from(value, 'latin1')

test('content decides, whatever the name says', async () => {
  const jpeg = readFileSync(join(ownSamples, 'Canon_40D.jpg'))
  for (const name of ['a.png', 'a.heic', 'a', 'a.mp4', 'a.nef', 'a.txt']) {
    const kind = await recogniseKind(jpeg, name)
    assert.deepEqual(kind, {
      mediaType: 'photo',
      mimeType: 'image/jpeg',
      extension: 'jpg',
      decodable: true,
      raw: false,
    })
  }
})

test('a name that says picture, film, sound or document is kept whatever the content is', async () => {
  const kinds: [name: string, mediaType: string][] = [
    ['a.jpg', 'photo'],
    ['a.JPEG', 'photo'],
    ['a.svg', 'photo'],
    ['a.nef', 'photo'],
    ['a.x3f', 'photo'],
    ['a.mrw', 'photo'],
    ['a.crw', 'photo'],
    ['a.tga', 'photo'],
    ['a.pcx', 'photo'],
    ['a.ppm', 'photo'],
    ['a.eps', 'photo'],
    ['a.psd', 'photo'],
    ['a.mp4', 'video'],
    ['a.wmv', 'video'],
    ['a.m2ts', 'video'],
    ['a.mp3', 'audio'],
    ['a.opus', 'audio'],
    ['a.pdf', 'document'],
    ['a.docx', 'document'],
    ['a.odt', 'document'],
  ]
  for (const [name, mediaType] of kinds) {
    for (const content of [
      'just some words, long enough to be looked at',
      'PK\x03\x04aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
    ]) {
      const kind = await recogniseKind(text(content), name)
      assert.deepEqual([kind?.mediaType, kind?.raw], [mediaType, /nef|x3f|mrw|crw/.test(name)], name)
    }
    assert.equal(await recogniseKind(new Uint8Array(), name), null)
  }
})

test('a name that says nothing, or more than one thing, leaves it to the content', async () => {
  for (const name of ['a', 'a.txt', 'a.ts', 'a.dat', 'a.key', 'a.mod', 'a.zip', 'README.md', 'a.json', 'a.exe']) {
    assert.equal(await recogniseKind(text('just some words, long enough to be looked at'), name), null, name)
  }
})

test('kinds without a signature worth the name are told by what makes sense in them', async () => {
  const tga = Buffer.alloc(64)
  tga.writeUInt8(2, 2)
  tga.writeUInt16LE(4, 12)
  tga.writeUInt16LE(3, 14)
  tga.writeUInt8(24, 16)
  const icon = Buffer.alloc(64)
  icon.writeUInt16LE(1, 2)
  icon.writeUInt16LE(1, 4)
  icon.writeUInt32LE(22, 18)
  const pcx = Buffer.alloc(128)
  pcx.set([0x0a, 5, 1, 8], 0)
  pcx.writeUInt16LE(3, 8)
  pcx.writeUInt16LE(3, 10)
  pcx[65] = 1
  const heads: [head: Uint8Array, mimeType: string | undefined][] = [
    [tga, 'image/x-tga'],
    [icon, 'image/x-icon'],
    [pcx, 'image/vnd.zbrush.pcx'],
    [text('P6\n2 2\n255\n############'), 'image/x-portable-anymap'],
    [text('P6 is a wordprocessor of the past and nothing else'), 'image/x-portable-anymap'],
    [text('Pages and pages of text without a number behind'), undefined],
    [text('II\x1a\0\0\0HEAPCCDR\x02\0\x01\0'), 'image/x-canon-crw'],
    [text('FOVb\0\0\x03\0aaaaaaaaaaaaaaaa'), 'image/x-sigma-x3f'],
    [text('\0MRM\0\0\0\x10\0PRD'), 'image/x-minolta-mrw'],
    [text('%!PS-Adobe-3.0 EPSF-3.0\n'), 'application/postscript'],
  ]
  for (const [head, mimeType] of heads) assert.equal((await recogniseKind(head, 'file'))?.mimeType, mimeType)
})

test('a drawing is known behind whatever XML allows before it', async () => {
  const drawings = [
    '<svg/>',
    '\ufeff<svg xmlns="http://www.w3.org/2000/svg">',
    '<?xml version="1.0"?>\n<!-- one --><!-- two -->\n<svg>',
    '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd"><svg>',
    '<!DOCTYPE svg [<!ENTITY a "b">]>\n<!-- x --><svg:svg xmlns:svg="http://www.w3.org/2000/svg">',
  ]
  for (const drawing of drawings) {
    assert.equal((await recogniseKind(Buffer.from(drawing), 'a'))?.mimeType, 'image/svg+xml', drawing)
  }
  for (const other of ['<svgx/>', '<html><svg/></html>', '<!-- <svg> -->', 'text <svg>', '<!DOCTYPE html><svg>']) {
    assert.equal(await recogniseKind(Buffer.from(other), 'a'), null, other)
  }
})

test('the name tells RAW files from TIFF', async () => {
  const tiff = await sharp({ create: { width: 9, height: 9, channels: 3, background: 'red' } })
    .tiff()
    .toBuffer()
  assert.equal((await recogniseKind(tiff, 'scan.tiff'))?.mimeType, 'image/tiff')
  for (const extension of ['nef', 'cr2', 'arw', 'dng', 'pef', 'srw']) {
    const kind = await recogniseKind(tiff, `a.${extension.toUpperCase()}`)
    assert.equal(kind?.raw, true, extension)
    assert.equal(kind.mediaType, 'photo')
  }
})

test('every kind has its media type', async () => {
  const red = sharp({ create: { width: 9, height: 9, channels: 3, background: 'red' } })
  const heads: [string, Uint8Array, string, string][] = [
    ['a.webp', await red.clone().webp().toBuffer(), 'photo', 'webp'],
    ['a.gif', await red.clone().gif().toBuffer(), 'photo', 'gif'],
    ['a.avif', await red.clone().avif().toBuffer(), 'photo', 'avif'],
    ['a.png', await red.clone().png().toBuffer(), 'photo', 'png'],
    ['a.svg', text('<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>'), 'photo', 'svg'],
    ['a.pdf', text('%PDF-1.7\n%aaaaaaaaaaaaaaaaaaaaaaaaaa'), 'document', 'pdf'],
    ['a.bin', text('\0\0\0\x20ftypisom\0\0\x02\0isomiso2avc1mp41'), 'video', 'mp4'],
    ['a.bin', text('\0\0\0\x14ftypqt  \0\0\0\0qt  '), 'video', 'mov'],
    ['a.bin', text('\0\0\0\x18ftypM4A \0\0\0\0M4A mp42'), 'audio', 'm4a'],
    ['a.bin', text(`RIFF\x24\0\0\0WAVEfmt ${'\0'.repeat(40)}`), 'audio', 'wav'],
  ]
  for (const [name, head, mediaType, extension] of heads) {
    const kind = await recogniseKind(head, name)
    assert.deepEqual([kind?.mediaType, kind?.extension], [mediaType, extension], `${name} as ${extension}`)
  }
})

test('HEIC and RAW samples are known', { skip: withoutSamples }, async () => {
  const heic = await kindOf(join(samples, 'formats/IMG_2927.HEIC'), 'IMG_2927.jpg')
  assert.deepEqual([heic?.mimeType, heic?.decodable], ['image/heic', true])
  const rw2 = await kindOf(join(samples, 'formats/Issue 419.rw2'), 'photo')
  assert.deepEqual([rw2?.extension, rw2?.raw], ['rw2', true])
})

test('the pictures of this room say their own type', async () => {
  const red = sharp({ create: { width: 9, height: 9, channels: 3, background: 'red' } })
  assert.equal(pictureMimeType(await red.clone().webp().toBuffer()), 'image/webp')
  assert.equal(pictureMimeType(await red.clone().jpeg().toBuffer()), 'image/jpeg')
})
