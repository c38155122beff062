import type { TagCount } from '../../contract/index.ts'
import type { Reader, Writer } from '../database/index.ts'
import { createObject, record } from '../objects/index.ts'

/**
 * Puts a word on items, or takes it from them, whatever its case: a person's tag and a word that came with the file are
 * one to anyone who looks. Returns the ids that were not so already. The files stay as they are.
 */
export async function setTag(
  tx: Writer,
  userId: string,
  ids: readonly string[],
  name: string,
  isTagged: boolean,
): Promise<readonly string[]> {
  const changed = isTagged ? await putOn(tx, userId, ids, name) : await takeOff(tx, userId, ids, name)
  await record(tx, {
    userId,
    action: isTagged ? 'media.tagged' : 'media.untagged',
    ids: changed,
    change: 'changed',
    details: { tag: name, count: changed.length },
  })
  return changed
}

async function putOn(tx: Writer, userId: string, ids: readonly string[], name: string): Promise<readonly string[]> {
  const tag = (await liveTag(tx, userId, name)) ?? (await createObject(tx, userId, 'tag', { name })).id
  const rows = await tx.query<{ id: string }>(
    `insert into core.links (user_id, from_object_id, from_object_type, to_object_id, to_object_type, link_type)
     select $1, m.id, 'media', $3, 'tag', 'tagged_with' from vault.media m
     where m.user_id = $1 and m.id = any($2::uuid[]) and m.deleted_at is null
       and not exists (select from read.media_tags t where t.media_id = m.id and t.user_id = $1 and t.word = lower($4))
     on conflict do nothing returning from_object_id as id`,
    [userId, ids, tag, name],
  )
  return rows.map((row) => row.id)
}

async function takeOff(tx: Writer, userId: string, ids: readonly string[], name: string): Promise<readonly string[]> {
  const linked = await tx.query<{ id: string }>(
    `delete from core.links l using vault.tags t
     where l.user_id = $1 and l.from_object_id = any($2::uuid[]) and l.link_type = 'tagged_with' and t.id = l.to_object_id
       and lower(t.name) = lower($3) returning l.from_object_id as id`,
    [userId, ids, name],
  )
  const brought = await tx.query<{ id: string }>(
    `update vault.media m set metadata = jsonb_set(metadata, '{tags}', (
       select coalesce(jsonb_agg(e.word), '[]') from jsonb_array_elements_text(metadata -> 'tags') as e(word)
       where lower(e.word) <> lower($3)))
     where m.user_id = $1 and m.id = any($2::uuid[]) and m.deleted_at is null
       and jsonb_typeof(metadata -> 'tags') = 'array'
       and exists (select from jsonb_array_elements_text(metadata -> 'tags') as e(word) where lower(e.word) = lower($3))
     returning m.id`,
    [userId, ids, name],
  )
  return [...new Set([...linked, ...brought].map((row) => row.id))]
}

async function liveTag(tx: Reader, userId: string, name: string): Promise<string | undefined> {
  const found = await tx.one<{ id: string }>(
    `select id from vault.tags where user_id = $1 and lower(name) = lower($2) and deleted_at is null`,
    [userId, name],
  )
  return found?.id
}

/** The word as the tag spells it, or as a file does that brought it. */
const spelled = `coalesce(min(g.name), (
  select e.word from vault.media m, jsonb_array_elements_text(m.metadata -> 'tags') as e(word)
  where m.id = (array_agg(t.media_id))[1] and lower(e.word) = t.word limit 1), t.word)`

/** The words on these items, each with how many of them carry it; the most frequent first. */
export async function tagsOf(tx: Reader, userId: string, ids: readonly string[]): Promise<TagCount[]> {
  return tx.query<TagCount>(
    `select ${spelled} as name, count(*) as count
     from read.media_tags t left join vault.tags g on g.id = t.tag_id
     where t.user_id = $1 and t.media_id = any($2::uuid[]) group by t.word order by 2 desc, t.word`,
    [userId, ids],
  )
}

/** The words on one item, trashed or not: first those that came with the file, in its order, then the others. */
export async function wordsOn(tx: Reader, id: string): Promise<string[]> {
  const rows = await tx.query<{ name: string }>(
    `select name from (
       select distinct on (lower(name)) name, place from (
         select e.word as name, e.place from vault.media m, jsonb_array_elements_text(
             case jsonb_typeof(m.metadata -> 'tags') when 'array' then m.metadata -> 'tags' else '[]' end
           ) with ordinality as e(word, place) where m.id = $1
         union all
         select g.name, null from core.links l join vault.tags g on g.id = l.to_object_id and g.deleted_at is null
         where l.from_object_id = $1 and l.link_type = 'tagged_with' and l.deleted_at is null) each_word
       order by lower(name), place) word
     order by place, lower(name)`,
    [id],
  )
  return rows.map((row) => row.name)
}

/** As many words as somebody looks through. */
const mostNames = 5000

/** Every word of a person, from tags and from files, in alphabetical order. */
export async function tagNames(tx: Reader, userId: string): Promise<string[]> {
  // From one word to the next in the index, because a word may be on a million items.
  const rows = await tx.query<{ name: string }>(
    `with recursive step as (
       (select word, media_id, tag_id from read.media_tags where user_id = $1 order by word, media_id limit 1)
       union all
       select next.* from step, lateral (
         select word, media_id, tag_id from read.media_tags
         where user_id = $1 and word > step.word order by word, media_id limit 1) next)
     select min(name) as name from (
       select coalesce(g.name, (
         select e.word from vault.media m, jsonb_array_elements_text(m.metadata -> 'tags') as e(word)
         where m.id = s.media_id and lower(e.word) = s.word limit 1), s.word) as name
       from (select * from step limit ${mostNames}) s left join vault.tags g on g.id = s.tag_id
       union all select name from vault.tags where user_id = $1 and deleted_at is null) known
     group by lower(name) order by lower(name) limit ${mostNames}`,
    [userId],
  )
  return rows.map((row) => row.name)
}
