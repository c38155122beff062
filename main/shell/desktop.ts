import { nativeTheme, Notification } from 'electron'
import { readBackground, setBackground, type Background } from './background.ts'
import { answer } from './ipc.ts'

const themes = ['system', 'light', 'dark'] as const

/**
 * What the desktop shows of the window: its theme, how far its work is, and that work has ended; and what Coffer does
 * while the window is closed.
 */
export function handleDesktop(onProgress: (words: string | null) => void): void {
  answer('coffer:set-theme', (_window, theme) => {
    const known = themes.find((each) => each === theme)
    if (known) nativeTheme.themeSource = known
  })
  answer('coffer:set-progress', (window, share, words) => {
    // Anything below zero takes the bar away.
    window.setProgressBar(typeof share === 'number' ? Math.min(Math.max(share, 0), 1) : -1)
    onProgress(typeof words === 'string' ? words.slice(0, 200) : null)
  })
  answer('coffer:background', (_window, change) =>
    change === undefined ? readBackground() : setBackground(knownChange(change)),
  )
  answer('coffer:say-done', (window, title, body) => {
    if (window.isFocused() || typeof title !== 'string' || typeof body !== 'string') return
    const notification = new Notification({ title, body })
    notification.on('click', () => {
      window.show()
      window.focus()
    })
    notification.show()
  })
}

function knownChange(change: unknown): Partial<Background> {
  const { startsAtLogin, staysWhenClosed } = Object(change) as Record<string, unknown>
  return {
    ...(typeof startsAtLogin === 'boolean' && { startsAtLogin }),
    ...(typeof staysWhenClosed === 'boolean' && { staysWhenClosed }),
  }
}
