const withinMs = 1200

export type KeyPress = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>

/**
 * Reads what is pressed as it is written for people: `?`, `Ctrl F`, and `G T` for T soon after G. What is held with Alt
 * alone is nothing.
 */
export function createKeyReader(now: () => number = () => performance.now()): (press: KeyPress) => string | null {
  let pressedAt = -Infinity
  return ({ key, ctrlKey, metaKey, altKey }) => {
    if (ctrlKey || metaKey) return `Ctrl ${key.toUpperCase()}`
    if (altKey) return null
    const isSecond = now() - pressedAt < withinMs
    pressedAt = !isSecond && key === 'g' ? now() : -Infinity
    return isSecond && /^[a-z]$/.test(key) ? `G ${key.toUpperCase()}` : key
  }
}
