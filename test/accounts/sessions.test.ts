import assert from 'node:assert/strict'
import { type TestContext, test } from 'vitest'
import {
  addUser,
  changePassword,
  createSessions,
  editUser,
  listUsers,
  resetPassword,
} from '../../main/engine/accounts/index.ts'
import type { ActivityPage, Person } from '../../main/contract/index.ts'
import type { Database } from '../../main/engine/database/index.ts'
import { activity } from '../../main/engine/objects/index.ts'
import { createDatabase } from '../../main/engine/database/index.ts'
import { atEnd, codeOf, prepareImage, temporaryFolder } from '../database/support.ts'

const password = 'a lamp, a ladder, a lake'

/** A vault with people, each with the same password, and a clock that only moves when it is told to. */
async function people(t: TestContext, ...names: string[]) {
  await prepareImage()
  const database = await createDatabase({ vaultDir: temporaryFolder(t) })
  atEnd(t, () => database.close())
  const all: Person[] = []
  for (const username of names) all.push(await addUser(database, { username, password }))
  let now = Date.now()
  const sessions = createSessions({ database, vaultId: 'vault', now: () => new Date(now) })
  return { database, sessions, all, later: (seconds: number) => (now += seconds * 1000) }
}

async function log(database: Database, userId: string): Promise<ActivityPage['items']> {
  return (await database.read(userId, (tx) => activity(tx, userId, { limit: 100 }))).items
}

test('an access token is good for minutes, a refresh token once, and each renewal brings the next', async (t) => {
  const { sessions, all, later } = await people(t, 'ann')
  const first = await sessions.signIn('ANN', password, 'api')
  assert.equal(first.person.id, all[0]?.id)
  const asked = await sessions.check(first.tokens.accessToken)
  assert.deepEqual(asked, { userId: all[0]?.id, sessionId: first.sessionId })
  later(15 * 60)
  assert.equal(await sessions.check(first.tokens.accessToken), null)
  const second = await sessions.renew(first.tokens.refreshToken)
  assert.equal(second.sessionId, first.sessionId)
  assert.notEqual(second.tokens.refreshToken, first.tokens.refreshToken)
  assert.ok(await sessions.check(second.tokens.accessToken))
  later(31 * 86_400)
  assert.equal(await codeOf(sessions.renew(second.tokens.refreshToken)), 'session-ended')
})

test('a refresh token that comes a second time ends the whole session, and the log says so', async (t) => {
  const { database, sessions, all } = await people(t, 'ann')
  const stolen = await sessions.signIn('ann', password, 'api')
  const other = await sessions.signIn('ann', password, 'window')
  const next = await sessions.renew(stolen.tokens.refreshToken)
  const ended: string[] = []
  sessions.onEnd((id) => ended.push(id))
  assert.equal(await codeOf(sessions.renew(stolen.tokens.refreshToken)), 'session-ended')
  assert.deepEqual(ended, [stolen.sessionId])
  assert.equal(await sessions.check(next.tokens.accessToken), null)
  assert.equal(await codeOf(sessions.renew(next.tokens.refreshToken)), 'session-ended')
  assert.ok(await sessions.check(other.tokens.accessToken))
  const [line] = await log(database, all[0]?.id ?? '')
  assert.deepEqual([line?.action, line?.outcome, line?.objectId], ['sessions.reused', 'refused', stolen.sessionId])
})

test('many requests with one cookie share one renewal; the same cookie later is a thief', async (t) => {
  const { sessions, later } = await people(t, 'ann')
  const { tokens } = await sessions.signIn('ann', password, 'window')
  const answers = await Promise.all(Array.from({ length: 20 }, () => sessions.renewShared(tokens.refreshToken)))
  assert.equal(new Set(answers.map((each) => each?.tokens.refreshToken)).size, 1)
  assert.ok(answers[0])
  later(31)
  assert.equal(await sessions.renewShared(tokens.refreshToken), null)
  assert.equal(await sessions.check(answers[0].tokens.accessToken), null)
})

test('neither tokens nor passwords lie in the database', async (t) => {
  const { database, sessions } = await people(t, 'ann')
  const { tokens } = await sessions.signIn('ann', password, 'api')
  const dump: string[] = []
  await database.snapshot((snapshot) => snapshot.dump(async (part) => void dump.push(part.toString())))
  const all = dump.join('')
  assert.match(all, /copy core\.refresh_tokens/)
  for (const secret of [password, tokens.accessToken, tokens.refreshToken]) assert.equal(all.includes(secret), false)
})

test('wrong passwords are refused alike, noted, and from the fifth on slow down', async (t) => {
  const { database, sessions, all } = await people(t, 'ann')
  const guess = (name: string): Promise<unknown> => codeOf(sessions.signIn(name, 'not the password', 'api'))
  assert.equal(await guess('nobody'), 'sign-in-failed')
  const guesses = await Promise.all(Array.from({ length: 8 }, () => guess('ann')))
  assert.deepEqual(guesses.toSorted(), [
    ...Array.from({ length: 5 }, () => 'sign-in-failed'),
    ...Array.from({ length: 3 }, () => 'too-many-attempts'),
  ])
  const failures = (await log(database, all[0]?.id ?? '')).filter((line) => line.action === 'sessions.failed')
  assert.deepEqual(
    failures.map((line) => line.outcome),
    Array.from({ length: 5 }, () => 'refused'),
  )
  const setWait = (sql: string) =>
    database.asService((tx) => tx.execute(`update core.users set sign_in_after = ${sql}`))
  await setWait(`now() + interval '1 minute'`)
  await assert.rejects(sessions.signIn('ann', password, 'api'), (error: Error & { details?: { seconds: number } }) => {
    assert.match(error.message, /Wait (a minute|\d+ seconds)/)
    return (error.details?.seconds ?? 0) > 50
  })
  await setWait('null')
  await sessions.signIn('ann', password, 'api')
  const row = await database.asService((tx) =>
    tx.one(`select failed_sign_ins as n, sign_in_after as wait from core.users`),
  )
  assert.deepEqual(row, { n: 0, wait: null })
})

test('an account that comes with a bcrypt hash signs in, and has an argon2id hash then', async (t) => {
  const { database, sessions } = await people(t, 'ann')
  const hash = () =>
    database.asService((tx) => tx.one<{ hash: string }>(`select password_hash as hash from core.users`))
  await database.asService((tx) =>
    tx.execute(`update core.users set password_hash = '$2a$12$EXRkfkdmXn2gzds2SSitu.MW9.gAVqa9eLS1//RYtYCmB1eLHg.9q'`),
  )
  assert.equal(await codeOf(sessions.signIn('ann', 'abd', 'api')), 'sign-in-failed')
  assert.match((await hash())?.hash ?? '', /^\$2a\$/)
  await sessions.signIn('ann', 'abc', 'api')
  assert.match((await hash())?.hash ?? '', /^\$argon2id\$/)
  await sessions.signIn('ann', 'abc', 'api')
})

test('who is switched off, signs out, or has a new password is out at once', async (t) => {
  const { database, sessions, all } = await people(t, 'ann', 'ben')
  const [ann, ben] = all
  assert.ok(ann && ben)
  const isIn = async (signedIn: { tokens: { accessToken: string; refreshToken: string } }): Promise<boolean> =>
    (await sessions.check(signedIn.tokens.accessToken)) !== null
  const [one, two, three] = await Promise.all([1, 2, 3].map(() => sessions.signIn('ben', password, 'api')))
  assert.ok(one && two && three)
  await sessions.end(ben.id, one.sessionId)
  assert.deepEqual([await isIn(one), await isIn(two)], [false, true])
  assert.equal(await codeOf(sessions.end(ann.id, two.sessionId)), 'not-found')
  await changePassword(
    { database, sessions },
    ben,
    { password: 'another one of mine', current: password },
    two.sessionId,
  )
  assert.deepEqual([await isIn(two), await isIn(three)], [true, false])
  assert.equal(await codeOf(sessions.signIn('ben', password, 'api')), 'sign-in-failed')
  await resetPassword({ database, sessions }, ann, ben.id, 'given by ann to ben')
  assert.equal(await isIn(two), false)
  const four = await sessions.signIn('ben', 'given by ann to ben', 'api')
  await editUser(database, ann, ben.id, { isActive: false })
  await sessions.endAll(ben.id, 'disabled')
  assert.equal(await isIn(four), false)
  assert.equal(await codeOf(sessions.renew(four.tokens.refreshToken)), 'session-ended')
  assert.equal(await codeOf(sessions.signIn('ben', 'wrong for ben anyway', 'api')), 'sign-in-failed')
  assert.equal(await codeOf(sessions.signIn('ben', 'given by ann to ben', 'api')), 'user-disabled')
})

test('only who looks after the vault changes others, and somebody always does', async (t) => {
  const { database, sessions, all } = await people(t, 'ann', 'ben')
  const [ann, ben] = all
  assert.ok(ann && ben)
  assert.equal(await codeOf(editUser(database, ben, ann.id, { displayName: 'x' })), 'not-found')
  assert.equal(await codeOf(editUser(database, ben, ben.id, { isAdmin: true })), 'forbidden')
  assert.equal(await codeOf(resetPassword({ database, sessions }, ben, ann.id, password)), 'not-found')
  assert.equal((await editUser(database, ben, ben.id, { displayName: 'Benjamin' })).displayName, 'Benjamin')
  assert.equal(await codeOf(editUser(database, ann, ann.id, { isActive: false })), 'conflict')
  assert.equal(await codeOf(editUser(database, ann, ann.id, { isAdmin: false })), 'conflict')
  await editUser(database, ann, ben.id, { isAdmin: true, storageQuota: 5_000_000_000 })
  await editUser(database, ann, ann.id, { isAdmin: false })
  assert.deepEqual(
    (await listUsers(database)).map((each) => [each.username, each.isAdmin, each.storageQuota]),
    [
      ['ann', false, null],
      ['ben', true, 5_000_000_000],
    ],
  )
})
