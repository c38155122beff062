import type { ReasonCode } from '../../../contract/index.ts'
import { noBlocks, readBlocks } from '../blocks/index.ts'
import { noTags, type TagBlocks } from '../blocks/tags.ts'
import type { FileKind } from '../types.ts'
import { noFilmFacts, type FilmFacts } from './film.ts'
import { readMatroska } from './matroska.ts'
import { readMovie } from './movie.ts'
import { readRiff } from './riff.ts'
import { readStreams } from './streams.ts'

/** What the container of a film, recording or document says. */
export interface FilmRead {
  readonly film: FilmFacts | null
  readonly tags: TagBlocks
  readonly damage: ReasonCode | null
}

const cutOff: ReasonCode = 'film-cut-off'
const movies = /^(?:video\/(?:mp4|quicktime|3gpp2?|x-m4v)|audio\/(?:mp4|x-m4a))$/
const matroska = /^video\/(?:matroska|webm)$/

/** Reads the container of a film or recording; kinds without a reader here are kept as they are. */
export async function readFilm(path: string, kind: FileKind): Promise<FilmRead> {
  const { mimeType } = kind
  if (movies.test(mimeType)) {
    const { facts, blocks, isBroken } = await readMovie(path)
    return { film: facts, tags: await readBlocks(blocks), damage: isBroken ? cutOff : null }
  }
  if (mimeType === 'video/vnd.avi' || mimeType === 'audio/wav') {
    const { facts, blocks, isCut } = await readRiff(path)
    return { film: facts, tags: await readBlocks(blocks), damage: facts === null || isCut ? cutOff : null }
  }
  if (kind.mediaType !== 'video' && kind.mediaType !== 'audio') return { film: null, tags: noTags, damage: null }
  const streams = await readStreams(path)
  if (!matroska.test(mimeType)) return { film: streams, tags: noTags, damage: null }
  const film = { ...(streams ?? noFilmFacts), ...(await readMatroska(path)) }
  return { film, tags: await readBlocks(noBlocks()), damage: null }
}
