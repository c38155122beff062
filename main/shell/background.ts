import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { app } from 'electron'
import { autostartEntry } from './autostart-entry.ts'

/** What Coffer does while nobody looks at it. */
export interface Background {
  /** Started without a window when the person signs in to the computer. */
  readonly startsAtLogin: boolean
  /** Goes on when its window is closed, until it is quit from the tray or the menu. */
  readonly staysWhenClosed: boolean
}

/** The argument of a start that shows no window. */
export const hiddenArgument = '--hidden'

/** What the person chose; nothing of it until they do. */
export function readBackground(): Background {
  return { startsAtLogin: isStartedAtLogin(), staysWhenClosed: readChoice() }
}

/** Keeps what the person chose, and says what holds afterwards. */
export function setBackground(change: Partial<Background>): Background {
  if (change.staysWhenClosed !== undefined) {
    writeFileSync(choiceFile(), JSON.stringify({ staysWhenClosed: change.staysWhenClosed }))
  }
  if (change.startsAtLogin !== undefined) setStartedAtLogin(change.startsAtLogin)
  return readBackground()
}

function choiceFile(): string {
  return join(app.getPath('userData'), 'background.json')
}

function readChoice(): boolean {
  try {
    const kept = JSON.parse(readFileSync(choiceFile(), 'utf8')) as { staysWhenClosed?: unknown }
    return kept.staysWhenClosed === true
  } catch {
    // Never chosen: closing the window ends the app, as people expect.
    return false
  }
}

/** How this app is started again: packaged it is one program, in a checkout Electron and the folder. */
function startCommand(): readonly string[] {
  return app.isPackaged ? [process.execPath, hiddenArgument] : [process.execPath, app.getAppPath(), hiddenArgument]
}

/** Linux desktops read the entries of a folder (XDG autostart); Electron speaks to the other two itself. */
function autostartFile(): string {
  return join(process.env['XDG_CONFIG_HOME'] || join(homedir(), '.config'), 'autostart', 'coffer.desktop')
}

function isStartedAtLogin(): boolean {
  if (process.platform !== 'linux') return app.getLoginItemSettings({ args: startCommand().slice(1) }).openAtLogin
  try {
    return !/^Hidden=true$/m.test(readFileSync(autostartFile(), 'utf8'))
  } catch {
    // No entry.
    return false
  }
}

function setStartedAtLogin(isWanted: boolean): void {
  if (process.platform !== 'linux') {
    app.setLoginItemSettings({ openAtLogin: isWanted, args: startCommand().slice(1) })
    return
  }
  const file = autostartFile()
  if (!isWanted) {
    rmSync(file, { force: true })
    return
  }
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, autostartEntry(startCommand()))
}
