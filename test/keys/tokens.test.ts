import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { test } from 'vitest'
import { createTokenSigner, isOutdatedHash, passwordStrength, verifyPassword } from '../../main/engine/keys/index.ts'

const claims = { userId: 'user-1', sessionId: 'session-1' }

test('an access token says who it is of until its time is over', async () => {
  let now = new Date('2026-01-01T00:00:00Z')
  const signer = createTokenSigner('vault-1', () => now)
  const token = await signer.sign(claims, 900)
  assert.deepEqual(await signer.verify(token), { ...claims, expiresAtMs: now.getTime() + 900_000 })
  assert.deepEqual(JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()), {
    alg: 'HS256',
    typ: 'at+jwt',
  })
  now = new Date(now.getTime() + 900_000)
  assert.equal(await signer.verify(token), null)
})

test('a token that was not signed here is nobody’s', async () => {
  const signer = createTokenSigner('vault-1')
  const [header = '', payload = '', signature = ''] = (await signer.sign(claims, 900)).split('.')
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
  const forged = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object
  const none = part({ alg: 'none', typ: 'at+jwt' })
  const wrongKey = createHmac('sha256', 'guessed').update(`${header}.${payload}`).digest('base64url')
  for (const token of [
    '',
    'nonsense',
    `${header}.${part({ ...forged, sub: 'user-2' })}.${signature}`,
    `${none}.${payload}.`,
    `${none}.${payload}.${signature}`,
    `${header}.${payload}.${wrongKey}`,
    await createTokenSigner('vault-1').sign(claims, 900),
    await createTokenSigner('vault-2').sign(claims, 900),
  ]) {
    assert.equal(await signer.verify(token), null, token)
  }
})

test('bcrypt hashes of other programs are read, and said to be outdated', async () => {
  // From the test vectors of jBCrypt and of crypt_blowfish.
  const known: [string, string][] = [
    ['a', '$2a$12$8NJH3LsPrANStV6XtBakCez0cKHXVxmvxIlcz785vxAIZrihHZpeS'],
    ['abc', '$2a$12$EXRkfkdmXn2gzds2SSitu.MW9.gAVqa9eLS1//RYtYCmB1eLHg.9q'],
    ['abc', '$2a$06$If6bvum7DFjUnE9p2uDeDu0YHzrHM6tf.iqN8.yx.jNN1ILEf7h0i'],
    ['abcdefghijklmnopqrstuvwxyz', '$2a$08$aTsUwsyowQuzRrDqFflhgekJ8d9/7Z3GV3UcgvzQW3J5zMyrTvlz.'],
    ['U*U', '$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW'],
  ]
  for (const [password, hash] of known) {
    assert.equal(await verifyPassword(password, hash), true, hash)
    assert.equal(await verifyPassword(`${password}x`, hash), false)
    assert.equal(isOutdatedHash(hash), true)
  }
  assert.equal(await verifyPassword('U*U', '$2a$31$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW'), false)
})

test('what is easy to guess is said so, the person’s own words most of all', async () => {
  const score = async (password: string, words: string[] = []) => (await passwordStrength(password, words)).score
  assert.equal(await score('passwordpassword'), 0)
  assert.equal(await score('qwertyuiop12'), 1)
  assert.equal(await score('correct horse battery staple'), 4)
  assert.ok((await score('annemarieliebtben', ['annemarieliebtben'])) < (await score('annemarieliebtben')))
  assert.equal((await passwordStrength('passwordpassword', [])).weakness, 'extendedRepeat')
})
