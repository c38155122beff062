import type { AnswerOf, importEndpoints } from '../../main/contract/index.ts'

export type { Connection, Import, ImportItem, Post, PostDetail } from '../../main/contract/index.ts'
export type RecognisedExports = AnswerOf<typeof importEndpoints.recognise>
