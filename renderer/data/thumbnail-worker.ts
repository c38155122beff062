import { thumbnailLengthBytes } from '../../main/contract/thumbnails.ts'
import type { BatchAnswer, BatchRequest, Bring } from './thumbnail-batch.ts'

/** The thread that fetches batches of thumbnails and decodes them, so that scrolling does not wait for either. */
const running = new Map<number, AbortController>()

addEventListener('message', ({ data }: MessageEvent<BatchRequest>) => {
  if ('end' in data) running.get(data.end)?.abort()
  else void bring(data)
})

async function bring({ bring: batch, url, headers, boxes }: Bring): Promise<void> {
  const ending = new AbortController()
  running.set(batch, ending)
  try {
    const answer = await fetch(url, { headers, signal: ending.signal })
    if (!answer.ok || !answer.body) throw new Error(`The engine answered ${answer.status}.`)
    const decoding: Promise<void>[] = []
    for await (const picture of picturesIn(answer.body)) {
      const index = decoding.length
      const box = boxes[index]
      if (box) decoding.push(decode(picture, box).then((bitmap) => tell({ kind: 'picture', batch, index, bitmap })))
    }
    await Promise.all(decoding)
    tell({ kind: 'done', batch })
  } catch {
    // Ended because nobody waits, or the engine is away: the window knows which, and asks again.
    tell({ kind: ending.signal.aborted ? 'done' : 'failed', batch })
  } finally {
    running.delete(batch)
  }
}

function tell(answer: BatchAnswer): void {
  const carried = answer.kind === 'picture' && answer.bitmap ? [answer.bitmap] : []
  postMessage(answer, { transfer: carried })
}

async function decode(
  picture: Uint8Array<ArrayBuffer>,
  { width, height }: { readonly width: number | null; readonly height: number | null },
): Promise<ImageBitmap | null> {
  if (picture.byteLength === 0) return null
  try {
    return await createImageBitmap(new Blob([picture]), {
      ...(width !== null && { resizeWidth: width }),
      ...(height !== null && { resizeHeight: height }),
      resizeQuality: 'medium',
    })
  } catch {
    return null
  }
}

/** The pictures of a batch as they arrive. */
async function* picturesIn(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const reader = body.getReader()
  let held = new Uint8Array(1 << 16)
  let length = 0
  for (;;) {
    const { value, done } = await reader.read()
    if (done) break
    if (length + value.byteLength > held.byteLength) {
      const larger = new Uint8Array(Math.max(held.byteLength * 2, length + value.byteLength))
      larger.set(held.subarray(0, length))
      held = larger
    }
    held.set(value, length)
    length += value.byteLength
    let at = 0
    while (length - at >= thumbnailLengthBytes) {
      const pictureBytes = new DataView(held.buffer).getUint32(at)
      const end = at + thumbnailLengthBytes + pictureBytes
      if (end > length) break
      yield held.slice(at + thumbnailLengthBytes, end)
      at = end
    }
    held.copyWithin(0, at, length)
    length -= at
  }
}
