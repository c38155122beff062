import { useEffect, useState } from 'react'

const slideMs = 4000

/** Goes on by itself while it plays, and stops at the end. `move` goes one on, and is false at the end. */
export function useSlideshow(move: (step: 1) => Promise<boolean>): readonly [boolean, (isPlaying: boolean) => void] {
  const [isPlaying, setPlaying] = useState(false)
  useEffect(() => {
    if (!isPlaying) return
    const timer = setTimeout(() => void move(1).then((moved) => !moved && setPlaying(false)), slideMs)
    return () => clearTimeout(timer)
  }, [isPlaying, move])
  return [isPlaying, setPlaying]
}
