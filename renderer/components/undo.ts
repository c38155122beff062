import { sentenceOf } from '../data/client.ts'
import { t } from '../messages/translate.ts'
import { notify } from './notices.ts'

/** What taking something back leaves: what to say of it, when there is more to say than that, and the way to do it again. */
export interface Undone {
  readonly sentence?: string
  readonly again: Back | null
}

/** Takes something back. Throws when it cannot; it may be tried again then. */
export type Back = () => Promise<Undone>

interface Step {
  /** As the button says that did it. */
  readonly name: string
  readonly run: Back
  /** Takes away the notice that offers it. */
  close?: () => void
}

/** More than anyone takes back one by one. */
const most = 200

/** What was done in this session and can be taken back, the last at the end; and what was taken back and can be done again. */
const done: Step[] = []
const undone: Step[] = []
/** One after the other, in the order they were asked for. */
let working: Promise<void> = Promise.resolve()

/** Says that something was done, with the way back; the key for undoing leads there too. */
export function notifyDone(sentence: string, name: string, back: Back): void {
  const step = remember(name, back)
  step.close = notify(sentence, {
    name: t('undo'),
    run: () => void (working = working.then(() => turn(step, done, undone))),
  })
}

/** The same without a word, for what is plain to see. */
export function remember(name: string, back: Back): Step {
  const step: Step = { name, run: back }
  done.push(step)
  if (done.length > most) done.shift()
  undone.length = 0
  return step
}

/** Two acts of which each takes the other back: `back` comes first. */
export function taking(back: () => Promise<unknown>, forth: () => Promise<unknown>): Back {
  return async () => {
    await back()
    return { again: taking(forth, back) }
  }
}

/** Takes back the last thing that was done. */
export function undoLast(): void {
  working = working.then(async () => {
    const step = done.at(-1)
    if (step) await turn(step, done, undone)
    else notify(t('undo.nothing'))
  })
}

/** Does again what was taken back last. */
export function redoLast(): void {
  working = working.then(async () => {
    const step = undone.at(-1)
    if (step) await turn(step, undone, done)
    else notify(t('redo.nothing'))
  })
}

/** In another vault, or for another person, nothing of it can be taken back. */
export function forgetSteps(): void {
  done.length = 0
  undone.length = 0
}

async function turn(step: Step, from: Step[], to: Step[]): Promise<void> {
  const at = from.indexOf(step)
  if (at < 0) return
  try {
    const { sentence, again } = await step.run()
    from.splice(at, 1)
    step.close?.()
    if (again) to.push({ name: step.name, run: again })
    notify(sentence ?? t(from === done ? 'undo.done' : 'redo.done', { name: step.name }))
  } catch (error) {
    notify(sentenceOf(error))
  }
}
