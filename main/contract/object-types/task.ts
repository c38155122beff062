import { z } from 'zod'
import { body, choice, instant, objectType, named, number, reference, ownDates } from '../fields.ts'

/** Something to do. */
export const task = objectType({
  path: 'tasks',
  sort: '-happened_at',
  title: ['title'],
  fields: {
    parent_task_id: reference('task'),
    title: named(1000),
    notes: body,
    status: choice('open', 'in_progress', 'done', 'cancelled'),
    priority: { schema: z.int().min(0).max(9), filter: 'range', canSort: true },
    due_at: instant,
    completed_at: instant,
    position: number,
    ...ownDates,
  },
})
