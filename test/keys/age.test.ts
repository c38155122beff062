import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'vitest'
import { Decrypter, Encrypter } from 'age-encryption'
import {
  ageOpener,
  ageRecipient,
  ageSealer,
  newAgeIdentity,
  openText,
  sealText,
  sealToPassphrase,
} from '../../main/engine/keys/index.ts'

async function seal(bytes: Uint8Array, recipient: string, step: number): Promise<Buffer> {
  const sealer = await ageSealer([recipient])
  const parts: Buffer[] = [sealer.head]
  const take = (part: Buffer): void => void parts.push(Buffer.from(part))
  for (let at = 0; at < bytes.length; at += step) sealer.update(bytes.subarray(at, at + step), take)
  sealer.final(take)
  return Buffer.concat(parts)
}

async function open(file: Uint8Array, identity: string, step: number): Promise<Buffer> {
  const opener = await ageOpener(file, { identities: [identity] })
  const parts: Buffer[] = []
  const take = (part: Buffer): void => void parts.push(Buffer.from(part))
  for (let at = opener.headBytes; at < file.length; at += step) opener.update(file.subarray(at, at + step), take)
  opener.final(take)
  return Buffer.concat(parts)
}

const sizes = [0, 1, 65_535, 65_536, 65_537, 131_072, 200_001]

test('what we seal the age library opens, and the reverse, at every length around a chunk', async () => {
  const identity = await newAgeIdentity()
  const recipient = await ageRecipient(identity)
  const encrypter = new Encrypter()
  encrypter.addRecipient(recipient)
  const decrypter = new Decrypter()
  decrypter.addIdentity(identity)
  for (const size of sizes) {
    const bytes = randomBytes(size)
    for (const step of [1000, 65_536, 1 << 20]) {
      const sealed = await seal(bytes, recipient, step)
      assert.ok(bytes.equals(await decrypter.decrypt(sealed)), `the library opens ${size} in steps of ${step}`)
      assert.ok(bytes.equals(await open(sealed, identity, step)))
    }
    assert.ok(bytes.equals(await open(await encrypter.encrypt(bytes), identity, 777)), `we open ${size}`)
  }
})

test('a changed, cut, lengthened or foreign file is refused', async () => {
  const identity = await newAgeIdentity()
  const sealed = await seal(randomBytes(150_000), await ageRecipient(identity), 1 << 20)
  const codeOf = async (file: Uint8Array, key = identity): Promise<unknown> =>
    open(file, key, 1 << 16).then(
      () => 'opened',
      (error: unknown) => (error as { code?: string }).code,
    )
  assert.equal(await codeOf(sealed), 'opened')
  for (let at = 0; at < sealed.length; at += 997) {
    const changed = Buffer.from(sealed)
    changed[at] = (changed[at] ?? 0) ^ 1
    assert.notEqual(await codeOf(changed), 'opened', `byte ${at}`)
  }
  for (const cut of [10, 300, sealed.length - 1, sealed.length - 16, sealed.length - 40_000]) {
    assert.equal(await codeOf(sealed.subarray(0, cut)), 'backup-damaged', `cut at ${cut}`)
  }
  assert.equal(await codeOf(Buffer.concat([sealed, Buffer.from([0])])), 'backup-damaged')
  assert.equal(await codeOf(sealed, await newAgeIdentity()), 'backup-wrong-key')
})

test('a small text is sealed to a passphrase or to people', async () => {
  const identity = await newAgeIdentity()
  const sealed = await sealToPassphrase('AGE-SECRET-KEY', 'correct horse', 10)
  assert.equal(await openText(sealed, { passphrase: 'correct horse' }), 'AGE-SECRET-KEY')
  await assert.rejects(openText(sealed, { passphrase: 'wrong' }), { code: 'backup-wrong-key' })
  const toMe = await sealText('hello', [await ageRecipient(identity)])
  assert.equal(await openText(toMe, { identities: [await newAgeIdentity(), identity] }), 'hello')
  await assert.rejects(sealText('hello', ['age1nonsense']), { code: 'bad-request' })
})
