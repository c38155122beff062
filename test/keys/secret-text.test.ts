import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { test } from 'vitest'
import { assert as check, property, uint8Array } from 'fast-check'
import { firstLineBytes, firstSecretLine, maxSecretBytes, secretText } from '../../main/engine/base/secret-text.ts'
import { openText, sealToPassphrase } from '../../main/engine/keys/index.ts'

async function vectors<T>(name: string): Promise<T> {
  return JSON.parse(await readFile(resolve(import.meta.dirname, '../vectors/secrets', name), 'utf8')) as T
}

test('a file is read as what was written in it, or refused with a sentence', async () => {
  const files = await vectors<{ name: string; hex: string; firstLine: string | null }[]>('files.json')
  for (const { name, hex, firstLine } of files) {
    const bytes = Buffer.from(hex, 'hex')
    if (firstLine !== null) assert.equal(firstSecretLine(bytes, 'The file'), firstLine, name)
    else
      assert.throws(
        () => firstSecretLine(bytes, 'The file'),
        { code: 'file-unreadable', message: /^The file .*\.$/ },
        name,
      )
  }
  assert.throws(() => secretText(Buffer.alloc(maxSecretBytes + 1, 'a'), 'The film'), { code: 'file-unreadable' })
})

test('no bytes are ever read as text that other bytes stand for', () => {
  check(
    property(uint8Array({ maxLength: 40 }), (bytes) => {
      let text: string
      try {
        text = secretText(bytes, 'The file')
      } catch {
        return
      }
      const unmarked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes
      const wide = Buffer.from(`\uFEFF${text}`, 'utf16le')
      const written = [Buffer.from(text), wide, Buffer.from(wide).swap16()]
      assert.ok(written.some((each) => each.equals(unmarked)))
    }),
    { numRuns: 2000 },
  )
})

test('the first line of a pipe is known as soon as it has come', () => {
  const wide = Buffer.from('\uFEFFĊ one\ntwo\n', 'utf16le')
  for (const [bytes, length] of [
    [Buffer.from('one\ntwo'), 4],
    [Buffer.from('one'), 0],
    [wide, 14],
    [Buffer.from(wide).swap16(), 14],
    [wide.subarray(0, 13), 0],
  ] as const) {
    assert.equal(firstLineBytes(bytes), length)
  }
})

test('what is typed opens what was sealed in any form', async () => {
  const { typed, sealed } = await vectors<{ typed: string; sealed: { name: string; file: string }[] }>('sealed.json')
  for (const { name, file } of sealed) {
    const bytes = Buffer.from(file, 'base64')
    for (const passphrase of [typed, typed.normalize('NFD')]) {
      assert.equal(await openText(bytes, { passphrase }), 'opened', name)
    }
    await assert.rejects(openText(bytes, { passphrase: typed.replaceAll('ü', 'u') }), { code: 'backup-wrong-key' })
  }
})

test('it is sealed in the one form that every keyboard gives', async () => {
  const file = await sealToPassphrase('opened', 'Zu\u0308rich', 10)
  const { Decrypter } = await import('age-encryption')
  const decrypter = new Decrypter()
  decrypter.addPassphrase('Z\u00FCrich')
  assert.equal(await decrypter.decrypt(file, 'text'), 'opened')
})
