import { recordChanges } from '../../changes/index.ts'
import type { Reader, Writer } from '../../database/index.ts'
import type { FactGroup, MediaMetadata } from '../../media/index.ts'
import { factColumns, wordsOf } from '../../library/index.ts'

/** What a sidecar that came later says of an item that is here. */
export interface LaterFacts {
  readonly mediaId: string
  /** What file and sidecar say together. */
  readonly facts: MediaMetadata
  /** What is to be set: what the sidecar gives, and what earlier ones gave and it gives no more. */
  readonly groups: readonly FactGroup[]
}

const columns: Readonly<Record<Exclude<FactGroup, 'tags'>, Readonly<Record<string, string>>>> = {
  taken: {
    taken_local: 'timestamp',
    taken_precision: 'text',
    taken_at: 'timestamptz',
    utc_offset_minutes: 'integer',
    taken_source: 'text',
    taken_confidence: 'text',
  },
  place: { latitude: 'double precision', longitude: 'double precision', altitude_m: 'double precision' },
  rating: { rating: 'double precision' },
  description: { description: 'text' },
  camera: { camera_make: 'text', camera_model: 'text', lens_model: 'text' },
  exposure: {
    exposure_seconds: 'double precision',
    aperture: 'double precision',
    iso: 'integer',
    focal_length_mm: 'double precision',
  },
}

/**
 * Sets what a sidecar says, below what a person has set themselves: whatever they changed stays as they left it. Returns
 * what was used.
 */
export async function applyLaterFacts(tx: Writer, userId: string, later: LaterFacts): Promise<readonly FactGroup[]> {
  const { mediaId, facts, groups } = later
  const said = await saidByPerson(tx, mediaId)
  const open = groups.filter(
    (group) => group === 'tags' || !Object.keys(columns[group]).some((column) => said.columns.has(column)),
  )
  if (open.length === 0) return []
  const values: Record<string, unknown> = { ...factColumns(facts) }
  const set = open.flatMap((group) => (group === 'tags' ? [] : Object.entries(columns[group])))
  const assignments = set.map(([column, type]) => `${column} = (r.v ->> '${column}')::${type}`)
  if (open.includes('tags')) {
    const words = wordsOf(facts.tags).filter((word) => !said.takenOff.has(word.toLowerCase()))
    values['tags'] = words
    assignments.push(`metadata = m.metadata || jsonb_build_object('tags', r.v -> 'tags')`)
  }
  const changed = await tx.execute(
    `update vault.media m set ${assignments.join(', ')} from (select $2::jsonb as v) r where m.id = $1 and m.user_id = $3`,
    [mediaId, JSON.stringify(values), userId],
  )
  if (changed === 0) return []
  await recordChanges(tx, userId, [{ noun: 'media', objectId: mediaId, kind: 'changed' }])
  return open.filter((group) => facts.fromSidecar.includes(group))
}

/** Versions know who made them: what a person changed is in one of theirs. */
async function saidByPerson(
  tx: Reader,
  mediaId: string,
): Promise<{ columns: ReadonlySet<string>; takenOff: ReadonlySet<string> }> {
  const row = await tx.one<{ columns: string[] | null; words: string[] | null }>(
    `with own as (
       select before, after from meta.object_versions where object_id = $1 and changed_by is not null)
     select (select array_agg(distinct k.name) from own, jsonb_object_keys(own.after) k(name)) as columns,
            (select array_agg(distinct lower(w.word)) from own, jsonb_array_elements_text(
               case jsonb_typeof(own.before -> 'metadata' -> 'tags')
                 when 'array' then own.before -> 'metadata' -> 'tags' else '[]' end) w(word)
             where not (coalesce(own.after -> 'metadata' -> 'tags', '[]') ? w.word)) as words`,
    [mediaId],
  )
  return { columns: new Set(row?.columns ?? []), takenOff: new Set(row?.words ?? []) }
}
