import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * Whether the computer runs on battery. Linux tells in /sys; elsewhere it is as the shell was `told`, and where nobody was told
 * anything (null) it counts as no.
 */
export async function isOnBattery(told: boolean | null, folder = '/sys/class/power_supply'): Promise<boolean> {
  const names = await readdir(folder).catch(() => [])
  const read = (name: string, file: string): Promise<string> =>
    readFile(join(folder, name, file), 'utf8').then(
      (text) => text.trim(),
      () => '',
    )
  const supplies = await Promise.all(
    names.map(async (name) => ({ type: await read(name, 'type'), online: await read(name, 'online') })),
  )
  const mains = supplies.filter((each) => each.type === 'Mains' || each.type === 'USB')
  return mains.length > 0 ? mains.every((each) => each.online === '0') : (told ?? false)
}
