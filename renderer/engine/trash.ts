import { mediaSchema, routes } from '../../main/contract/index.ts'
import { EngineProblem, post, remove } from './client.ts'

const atOnce = 6

/** Moves photos to the trash; one that is gone already counts as moved. */
export function trashMedia(ids: readonly string[]): Promise<void> {
  return forEach(ids, async (id) => {
    try {
      await remove(`${routes.media}/${id}`)
    } catch (error) {
      if (!(error instanceof EngineProblem && error.problem?.code === 'not-found')) throw error
    }
  })
}

/** Takes photos out of the trash again. */
export function restoreMedia(ids: readonly string[]): Promise<void> {
  return forEach(ids, async (id) => {
    await post(`${routes.media}/${id}/restore`, mediaSchema)
  })
}

async function forEach(ids: readonly string[], work: (id: string) => Promise<void>): Promise<void> {
  const waiting = ids.values()
  const lane = async (): Promise<void> => {
    for (const id of waiting) await work(id)
  }
  await Promise.all(Array.from({ length: atOnce }, lane))
}
