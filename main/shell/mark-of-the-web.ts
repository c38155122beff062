import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { promisify } from 'node:util'

/**
 * Tells the system that a file came from elsewhere, where it has a way to know: programs then open it with care, and the
 * system asks before it runs anything. A mark that cannot be set is no reason not to show a picture.
 */
export async function markAsForeign(path: string, platform: NodeJS.Platform = process.platform): Promise<void> {
  try {
    // A stream beside the file's own bytes, read by the shell and by Office (Zone 3: the internet).
    if (platform === 'win32') await writeFile(`${path}:Zone.Identifier`, '[ZoneTransfer]\r\nZoneId=3\r\n')
    if (platform === 'darwin') {
      const quarantine = `0081;${Math.floor(Date.now() / 1000).toString(16)};Coffer;`
      await promisify(execFile)('/usr/bin/xattr', ['-w', 'com.apple.quarantine', quarantine, path])
    }
  } catch {
    // A disk without such marks (FAT, a share).
  }
}
