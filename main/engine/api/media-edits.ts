import { createRoute } from '@hono/zod-openapi'
import {
  editedSchema,
  mediaDatesSchema,
  mediaFoundSchema,
  mediaIdsSchema,
  mediaPlacesSchema,
  mediaSearchSchema,
  mediaTagSchema,
  tagCountsSchema,
  taggedSchema,
  tagNamesSchema,
  undoEditSchema,
} from '../../contract/index.ts'
import { changeDates, changePlaces, setTag, tagNames, tagsOf, undoEdit } from '../library/index.ts'
import { findMedia } from '../search/index.ts'
import type { Engine } from './port.ts'
import { callerOf, json, newPart, writeAsCaller, type ApiApp } from './context.ts'

/** Finding many items, and changing what a person says of many at once. */
export function mediaEditRoutes(engine: Engine): ApiApp {
  const part = newPart()
  part.openapi(
    createRoute({
      method: 'get',
      path: '/media/search',
      summary: 'Items that have every word, newest first; a day, month or year means when they were taken',
      request: { query: mediaSearchSchema },
      responses: { 200: json(mediaFoundSchema, 'Tiles, and the days the words were taken to mean.') },
    }),
    async (c) => {
      const { vault, userId } = await callerOf(engine, c.req.raw)
      const { q, type, favourites, limit } = c.req.valid('query')
      const found = await vault.database.read(userId, (tx) =>
        findMedia(tx, q, { limit, onlyFavourites: favourites === 'true', ...(type !== undefined && { type }) }),
      )
      return c.json(found, 200)
    },
  )
  part.openapi(
    createRoute({
      method: 'get',
      path: '/media/tags',
      summary: 'Every word that items carry, from tags and from files, in alphabetical order',
      responses: { 200: json(tagNamesSchema, 'The words.') },
    }),
    async (c) => {
      const { vault, userId } = await callerOf(engine, c.req.raw)
      return c.json({ names: await vault.database.read(userId, (tx) => tagNames(tx, userId)) }, 200)
    },
  )
  part.openapi(
    createRoute({
      method: 'post',
      path: '/media/tags',
      summary: 'Put a word on items, or take it from them',
      request: { body: { required: true, ...json(mediaTagSchema, '') } },
      responses: { 200: json(taggedSchema, 'The items that were not so already.') },
    }),
    async (c) => {
      const { ids, name, isTagged } = c.req.valid('json')
      const changed = await writeAsCaller(engine, c.req.raw, (tx, userId) => setTag(tx, userId, ids, name, isTagged))
      return c.json({ ids: [...changed] }, 200)
    },
  )
  part.openapi(
    createRoute({
      method: 'post',
      path: '/media/tags/count',
      summary: 'The words on these items, and how many of them carry each',
      request: { body: { required: true, ...json(mediaIdsSchema, '') } },
      responses: { 200: json(tagCountsSchema, 'The words, the most frequent first.') },
    }),
    async (c) => {
      const { vault, userId } = await callerOf(engine, c.req.raw)
      const { ids } = c.req.valid('json')
      return c.json({ tags: await vault.database.read(userId, (tx) => tagsOf(tx, userId, ids)) }, 200)
    },
  )
  part.openapi(
    createRoute({
      method: 'post',
      path: '/media/dates',
      summary: 'Set or shift when items were taken, or go back to what it was when they came',
      request: { body: { required: true, ...json(mediaDatesSchema, '') } },
      responses: { 200: json(editedSchema, 'How many were changed; `change` undoes it.') },
    }),
    async (c) => {
      const { ids, change } = c.req.valid('json')
      return c.json(await writeAsCaller(engine, c.req.raw, (tx, userId) => changeDates(tx, userId, ids, change)), 200)
    },
  )
  part.openapi(
    createRoute({
      method: 'post',
      path: '/media/places',
      summary: 'Set or remove where items were taken, or go back to what it was when they came',
      request: { body: { required: true, ...json(mediaPlacesSchema, '') } },
      responses: { 200: json(editedSchema, 'How many were changed; `change` undoes it.') },
    }),
    async (c) => {
      const { ids, place } = c.req.valid('json')
      return c.json(await writeAsCaller(engine, c.req.raw, (tx, userId) => changePlaces(tx, userId, ids, place)), 200)
    },
  )
  part.openapi(
    createRoute({
      method: 'post',
      path: '/media/undo',
      summary: 'Take back one change of dates or places; what was changed again since stays',
      request: { body: { required: true, ...json(undoEditSchema, '') } },
      responses: { 200: json(editedSchema, 'How many were changed back; `change` undoes that.') },
    }),
    async (c) => {
      const { change } = c.req.valid('json')
      return c.json(await writeAsCaller(engine, c.req.raw, (tx, userId) => undoEdit(tx, userId, change)), 200)
    },
  )
  return part
}
