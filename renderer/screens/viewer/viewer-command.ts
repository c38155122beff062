export type ViewerAction = 'close' | 'info' | 'rotate' | 'play' | 'favourite' | 'trash' | 'copy' | 'open'

/** What a key asks of the viewer. */
export type ViewerCommand =
  | { readonly kind: 'move'; readonly step: 1 | -1 }
  | { readonly kind: 'rate'; readonly stars: number }
  | { readonly kind: 'date' }
  | { readonly kind: 'act'; readonly action: ViewerAction }

const actions: Readonly<Record<string, ViewerAction>> = {
  i: 'info',
  r: 'rotate',
  s: 'play',
  f: 'favourite',
  o: 'open',
  Delete: 'trash',
  Escape: 'close',
}

/** Reads a key; null when it is not one of the viewer's. A video keeps its own arrows while it has the focus. */
export function commandOf(key: string, isInVideo: boolean): ViewerCommand | null {
  if (key === 'ArrowLeft' || key === 'ArrowRight')
    return isInVideo ? null : { kind: 'move', step: key === 'ArrowLeft' ? -1 : 1 }
  if (/^[0-5]$/.test(key)) return { kind: 'rate', stars: Number(key) }
  if (key.toLowerCase() === 'e') return { kind: 'date' }
  const action = actions[key.length === 1 ? key.toLowerCase() : key]
  return action ? { kind: 'act', action } : null
}
