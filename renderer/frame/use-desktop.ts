import { useEffect, useRef } from 'react'
import { doneFiles, isUnderWay, useImports } from '../engine/imports.ts'
import { usePreferences } from '../engine/preferences.ts'
import { outcomeSentence } from '../words/import-lines.ts'
import { say } from '../words/say.ts'

/** Lets the desktop follow: the theme, the bar on the taskbar, and a word when an import ends out of sight. */
export function useDesktop(): void {
  const { theme } = usePreferences()
  const imports = useImports()
  const wasRunning = useRef<ReadonlySet<string>>(new Set())

  useEffect(() => void window.coffer?.setTheme(theme), [theme])

  const current = imports.data?.find(isUnderWay)
  const share = current && current.seen > 0 ? doneFiles(current) / current.seen : null
  useEffect(() => void window.coffer?.setProgress(share), [share])

  useEffect(() => {
    const all = imports.data ?? []
    for (const each of all) {
      if (each.status === 'done' && wasRunning.current.has(each.id))
        void window.coffer?.sayDone(say('imports.finishedTitle'), outcomeSentence(each))
    }
    wasRunning.current = new Set(all.filter((each) => each.status === 'running').map((each) => each.id))
  }, [imports.data])
}
