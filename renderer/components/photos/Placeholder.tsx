import { useLayoutEffect, useRef } from 'react'
import { thumbHashPixels } from '../../data/thumb-hash.ts'

/** The colours of a picture that is still on its way. Drawn as they are: packing them as an image costs far more. */
export function Placeholder({
  thumbHash,
  className = '',
}: {
  readonly thumbHash: string
  readonly className?: string | undefined
}) {
  const canvas = useRef<HTMLCanvasElement>(null)
  useLayoutEffect(() => {
    const pixels = thumbHashPixels(thumbHash)
    if (!canvas.current || !pixels) return
    canvas.current.width = pixels.width
    canvas.current.height = pixels.height
    canvas.current.getContext('2d', { willReadFrequently: true })?.putImageData(pixels, 0, 0)
  }, [thumbHash])
  return <canvas ref={canvas} className={className} />
}
