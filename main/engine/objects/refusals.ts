import type { ObjectTypeName } from '../../contract/index.ts'
import { CofferError } from '../base/errors.ts'
import { SqlError } from '../database/index.ts'
import { badFields } from './fields.ts'
import { inWords } from './types.ts'

/** Rules of the database that say something about two fields at once, and what to tell the person. */
const rules: Readonly<Record<string, { field: string; message: string }>> = {
  calendar_events_order: { field: 'ends_at', message: 'must not be before it begins' },
  locations_order: { field: 'ended_at', message: 'must not be before it begins' },
  tasks_not_own_parent: { field: 'parent_task_id', message: 'must not make a task part of itself' },
  notifications_whole: { field: 'object_id', message: 'must be given together with object_type' },
  share_links_uses: { field: 'max_uses', message: 'is less than the number of times it has been used' },
  links_not_self: { field: 'to_object_id', message: 'must not be the object itself' },
  links_from: { field: 'from_object_id', message: 'does not name an object of this type' },
  links_to: { field: 'to_object_id', message: 'does not name an object of this type' },
  links_link_type_fkey: { field: 'link_type', message: 'is not a type of link' },
  share_links_object: { field: 'object_id', message: 'does not name an object of this type' },
  notifications_object: { field: 'object_id', message: 'does not name an object of this type' },
}

/** What a statement of ours was refused for, as an error for people; anything unforeseen stays as it is. */
export function refusal(type: ObjectTypeName, error: unknown): unknown {
  if (!(error instanceof SqlError) || error.code === null) return error
  const rule = rules[/constraint "([^"]+)"/.exec(error.message)?.[1] ?? '']
  if (error.code === '23505') {
    return new CofferError(`This ${inWords(type)} already exists.`, { code: 'conflict' })
  }
  if (['23502', '23503', '23514'].includes(error.code)) {
    if (rule) return badFields([rule])
    if (/cannot be part of itself/.test(error.message)) {
      return badFields([{ field: 'parent_task_id', message: 'must not make a task part of itself' }])
    }
    if (/the cover is not in the album/.test(error.message)) {
      return badFields([{ field: 'cover_media_id', message: 'must be a photo of the album' }])
    }
    // Our own triggers speak in sentences; the server's own words name tables and are not for people.
    const said = /^(there is no|a \w+ link cannot)/.test(error.message)
      ? error.message
      : 'the values contradict each other'
    return new CofferError(`This ${inWords(type)} cannot be saved: ${said}.`, { code: 'bad-request' })
  }
  // A date that does not exist, a number too large: zod let the shape through, the value is impossible.
  if (error.code.startsWith('22')) {
    return new CofferError(`This ${inWords(type)} cannot be saved: a value is out of range.`, {
      code: 'bad-request',
    })
  }
  return error
}

/** Runs `work` and says in words why the database refused it. */
export async function inPlainWords<T>(type: ObjectTypeName, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw refusal(type, error)
  }
}
