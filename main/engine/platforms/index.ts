export { BadPayload, type AccountOf, type Format, type MediaDraft, type PostDraft } from './draft.ts'
export { formatOf, formats } from './formats.ts'
