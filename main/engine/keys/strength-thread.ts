import { parentPort } from 'node:worker_threads'
import { ZxcvbnFactory } from '@zxcvbn-ts/core'
import { adjacencyGraphs, dictionary as common } from '@zxcvbn-ts/language-common'
import { dictionary as english } from '@zxcvbn-ts/language-en'
import type { PasswordStrength } from './strength.ts'

/** The word lists take a hundred megabytes, so they live in a thread that goes when nobody chooses a password any more. */
const port = parentPort
if (!port) throw new Error('the strength thread was started as a program')
const zxcvbn = new ZxcvbnFactory({ dictionary: { ...common, ...english }, graphs: adjacencyGraphs })

port.on('message', ({ id, password, words }: { id: number; password: string; words: string[] }) => {
  const { score, feedback } = zxcvbn.check(password, words)
  port.postMessage({ id, strength: { score, weakness: feedback.warning } satisfies PasswordStrength })
})
