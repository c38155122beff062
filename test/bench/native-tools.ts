import { spawnSync } from 'node:child_process'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { runProgram } from './run-program.ts'
import type { Photos } from './photos.ts'

const script = join(import.meta.dirname, 'native-tools.sh')
const tools = ['sh', 'xargs', 'sha256sum', 'exiftool', 'vipsthumbnail']

/** The tools the script needs and this computer lacks. */
export function missingTools(): string[] {
  return tools.filter((tool) => spawnSync(tool, [tool === 'exiftool' ? '-ver' : '--version']).error !== undefined)
}

/** Runs the script over the photos; throws when it did not make everything it should. */
export async function runNativeTools(photos: Photos, folder: string, atOnce: number): Promise<void> {
  await runProgram('sh', [script, photos.folder, folder, String(atOnce)])
  for (const made of ['originals', 'viewer', 'grid']) {
    const { length } = await readdir(join(folder, made))
    if (length !== photos.paths.length) throw new Error(`the script made ${length} files in ${made}`)
  }
}
