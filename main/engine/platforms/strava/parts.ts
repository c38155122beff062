import { blankPost, type PostDraft } from '../draft.ts'
import { escapedLines } from '../html.ts'
import { textOf } from '../shape.ts'

/** What every activity has in common, however it is told of. */
export function blankActivity(
  id: string,
  startedAt: string,
  {
    name,
    description,
  }: { readonly name?: string | null | undefined; readonly description?: string | null | undefined },
): PostDraft {
  const parts = [textOf(name), textOf(description)].filter((part) => part !== null)
  const text = textOf(parts.join('\n'))
  return {
    ...blankPost(id, startedAt),
    type: 'activity',
    text,
    html: text && `<p>${escapedLines(text)}</p>`,
    url: `https://www.strava.com/activities/${id}`,
  }
}
