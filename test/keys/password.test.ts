import assert from 'node:assert/strict'
import { test } from 'vitest'
import { hashPassword, sameSecret, verifyPassword } from '../../main/engine/keys/index.ts'

test('a password is known by its hash and nothing else is', async () => {
  const hash = await hashPassword('correct horse battery')
  assert.match(hash, /^\$argon2id\$v=19\$m=65536,t=3,p=4\$/)
  assert.equal(await verifyPassword('correct horse battery', hash), true)
  assert.equal(await verifyPassword('correct horse batterz', hash), false)
  assert.equal(await verifyPassword('', hash), false)
  assert.notEqual(await hashPassword('correct horse battery'), hash)
})

test('the hash is argon2id as its reference implementation computes it', async () => {
  // From the reference implementation's own test: hashtest(19, 2, 16, 1, "password", "somesalt", "09316115d5cf24ed…").
  const reference = '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc'
  assert.equal(await verifyPassword('password', reference), true)
  assert.equal(await verifyPassword('Password', reference), false)
})

test('a hash that cannot be read matches nothing', async () => {
  for (const broken of ['', 'password', '$argon2id$v=19$m=65536,t=2,p=1$c2$CTFh', '$2b$12$abcdefghijklmnopqrstuv']) {
    assert.equal(await verifyPassword('password', broken), false)
  }
})

test('accents typed in either Unicode form are the same password', async () => {
  assert.equal(await verifyPassword('Mu\u0308ller am Strand', await hashPassword('Müller am Strand')), true)
})

test('secrets are compared whole', () => {
  assert.equal(sameSecret('abc', 'abc'), true)
  assert.equal(sameSecret('abc', 'abd'), false)
  assert.equal(sameSecret('abc', ''), false)
})
