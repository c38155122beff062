import assert from 'node:assert/strict'
import { test } from 'vitest'
import { autostartEntry } from '../../main/shell/autostart-entry.ts'

test('an autostart entry quotes what a path may hold, as the Desktop Entry specification asks', () => {
  const exec = (path: string): string => /^Exec=(.*)$/m.exec(autostartEntry([path, '--hidden']))?.[1] ?? ''
  assert.equal(exec('/opt/My Apps/coffer'), '"/opt/My Apps/coffer" "--hidden"')
  assert.equal(exec('/opt/100%'), '"/opt/100%%" "--hidden"')
  assert.equal(exec('/opt/a"b$c`d'), '"/opt/a\\\\"b\\\\$c\\\\`d" "--hidden"')
  assert.equal(exec('C:\\x'), '"C:\\\\\\\\x" "--hidden"')
})
