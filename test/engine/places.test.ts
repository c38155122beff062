import assert from 'node:assert/strict'
import { test } from 'vitest'
import { findTowns, namesAround, townNear } from '../../main/engine/places/index.ts'

const names = async (text: string, limit = 3): Promise<string[]> =>
  (await findTowns(text, limit)).map((town) => `${town.name} ${town.country}`)

test('towns are found by any of their names, the largest first', async () => {
  assert.equal((await names('munich'))[0], 'Munich DE')
  assert.equal((await names('Münch'))[0], 'München DE')
  assert.equal((await names('Москва'))[0], 'Москва RU')
  assert.equal((await names('gottingen'))[0], 'Gottingen DE', 'without the dots')
  assert.equal((await names('new yo'))[0], 'New York City US')
  assert.deepEqual((await names('Paris'))[0], 'Paris FR')
  assert.deepEqual(await names('Paris, US', 1), ['Paris US'])
  assert.deepEqual(await names('Paris, Frankreich', 1), ['Paris FR'])
  assert.deepEqual(
    (await findTowns('Springfield, IL', 1)).map((town) => town.region),
    ['IL'],
  )
  for (const odd of ['', ' ', ',', '(', '.*', '\\', 'xqzzzv']) assert.deepEqual(await names(odd), [], odd)
})

test('a place has the name of the town next to it', async () => {
  const near = await townNear(48.8584, 2.2945)
  assert.equal(near?.country, 'FR')
  assert.ok((near?.distanceKm ?? 100) < 5)
  assert.equal((await townNear(-16.8, 179.99))?.country, 'FJ', 'across the date line')
  assert.equal(await townNear(0, -140), null, 'in the middle of the ocean')
})

test('places are called by the town next to them, the large ones they belong to, and the country', async () => {
  const names = await namesAround([
    { latitude: 52.4986, longitude: 13.3914 },
    { latitude: -16.8, longitude: 179.99 },
    { latitude: 78.22, longitude: 15.65 },
    { latitude: 0, longitude: -140 },
  ])
  assert.ok(names[0]?.names.includes('Berlin'))
  assert.ok(names[0]?.others.includes('Берлин'))
  assert.equal(names[0]?.country, 'DE')
  assert.equal(names[1]?.country, 'FJ', 'across the date line')
  assert.ok(names[2]?.names.includes('Longyearbyen'), 'where degrees are narrow')
  assert.equal(names[3], null, 'in the middle of the ocean')
})

test('the grid of towns finds the same town as a look at every one', async () => {
  const places = Array.from({ length: 60 }, (_, index) => ({
    latitude: ((index * 37.7) % 150) - 70,
    longitude: ((index * 73.3) % 360) - 180,
  }))
  const names = await namesAround(places)
  for (const [index, { latitude, longitude }] of places.entries()) {
    const near = await townNear(latitude, longitude)
    assert.equal(names[index]?.names[0] ?? null, near?.name ?? null, `${latitude}, ${longitude}`)
  }
})
