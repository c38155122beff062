import type { RunningApp } from './electron.ts'

/** From now on the menu the tray is given can be looked at: the system shows it, not the app. */
export async function trayIsRead(app: RunningApp): Promise<void> {
  await app.electron.evaluate(({ Tray }) => {
    const give = Reflect.get(Tray.prototype, 'setContextMenu') as (this: Electron.Tray, menu: unknown) => void
    Tray.prototype.setContextMenu = function (menu) {
      Object.assign(globalThis, { trayMenu: menu })
      give.call(this, menu)
    }
  })
}

export function trayLabels(app: RunningApp): Promise<readonly string[]> {
  return app.electron.evaluate(() => {
    const { trayMenu } = globalThis as { trayMenu?: Electron.Menu }
    return trayMenu?.items.map((item) => item.label) ?? []
  })
}

export async function pressInTray(app: RunningApp, label: string): Promise<void> {
  await app.electron.evaluate((_, wanted) => {
    const { trayMenu } = globalThis as { trayMenu?: Electron.Menu }
    trayMenu?.items.find((item) => item.label === wanted)?.click()
  }, label)
}

export async function closeWindow(app: RunningApp): Promise<void> {
  await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close())
}

export function isShown(app: RunningApp): Promise<boolean> {
  return app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible() ?? false)
}
