import { createRequire } from 'node:module'
import { filmDuration, noFilmFacts, type FilmFacts } from './film.ts'

/** What is used of mediabunny. Its own types need those of browsers, which the engine has none of. */
interface Mediabunny {
  readonly ALL_FORMATS: readonly object[]
  readonly FilePathSource: new (path: string) => object
  readonly Input: new (options: { readonly formats: readonly object[]; readonly source: object }) => {
    canRead(): Promise<boolean>
    computeDuration(): Promise<number>
    getPrimaryVideoTrack(): Promise<{ readonly displayWidth: number; readonly displayHeight: number } | null>
    dispose(): void
  }
}

/** Only films and recordings of kinds without a reader here need it. */
let loaded: Mediabunny | undefined
function mediabunny(): Mediabunny {
  const require = createRequire(import.meta.url)
  loaded ??= require('mediabunny') as Mediabunny
  return loaded
}

/**
 * Size and duration of a film or recording by the library that knows most containers: Matroska, WebM, MP3, FLAC, Ogg,
 * MPEG-TS, AAC. Null when it cannot read it.
 */
export async function readStreams(path: string): Promise<FilmFacts | null> {
  const { ALL_FORMATS, FilePathSource, Input } = mediabunny()
  const input = new Input({ formats: ALL_FORMATS, source: new FilePathSource(path) })
  try {
    if (!(await input.canRead())) return null
    const video = await input.getPrimaryVideoTrack()
    const seconds = await input.computeDuration().catch(() => 0)
    return {
      ...noFilmFacts,
      width: side(video?.displayWidth),
      height: side(video?.displayHeight),
      durationSeconds: filmDuration(seconds),
    }
  } catch {
    // Not whole, or not what it says to be: the file is kept without these.
    return null
  } finally {
    input.dispose()
  }
}

function side(pixels: number | undefined): number | null {
  return pixels !== undefined && Number.isInteger(pixels) && pixels > 0 && pixels <= 100_000 ? pixels : null
}
