import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import sharp from 'sharp'
import { pictureMimeType, recogniseKind } from '../../main/engine/media/index.ts'
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

test('a name alone makes no photo', async () => {
  for (const name of ['a.jpg', 'a.svg', 'a.nef', 'a.mp4']) {
    assert.equal(await recogniseKind(text('just some words, long enough to be looked at'), name), null)
    assert.equal(await recogniseKind(new Uint8Array(), name), null)
  }
  assert.equal(await recogniseKind(text('PK\x03\x04aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'), 'a.jpg'), null)
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
