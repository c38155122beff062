import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { RawPicture } from './pictures.ts'

/** WebAssembly as the runtime has it; its types come with those of browsers, which the engine has none of. */
interface WebAssemblyApi {
  compile(bytes: Uint8Array): Promise<object>
  instantiate(module: object, imports: object): Promise<object>
}
const webAssembly = Reflect.get(globalThis, 'WebAssembly') as WebAssemblyApi

/** What is used of `@ffmpeg/core`: FFmpeg as WebAssembly with a file system in memory (Emscripten). */
interface Core {
  readonly FS: {
    createFile(parent: string, name: string, properties: object, canRead: boolean, canWrite: boolean): FileNode
    readFile(path: string): Uint8Array
  }
  exec(...args: string[]): number
  setTimeout(milliseconds: number): void
}
interface FileNode {
  usedBytes: number
  node_ops: { getattr(node: FileNode): { size: number } }
  stream_ops: object
}
interface Stream {
  position: number
}
type CreateCore = (options: {
  readonly wasmBinary: Uint8Array
  readonly print: (line: string) => void
  readonly printErr: (line: string) => void
  instantiateWasm(imports: object, done: (instance: object, module: object) => void): object
}) => Promise<Core>

/** Compiled once: that takes half a second, an instance of it 50 ms. */
let compiled: Promise<{ readonly create: CreateCore; readonly module: object }> | undefined

async function load(): Promise<{ readonly create: CreateCore; readonly module: object }> {
  const require = createRequire(import.meta.url)
  // The program asks where it was loaded from, as a page would know.
  Object.assign(globalThis, { self: { location: { href: '' } } })
  const create = require('@ffmpeg/core') as CreateCore
  const wasm = await readFile(require.resolve('@ffmpeg/core/wasm'))
  return { create, module: await webAssembly.compile(wasm) }
}

/**
 * Decodes the first frame of a picture of a kind that only FFmpeg knows, with its alpha. Null when it cannot. Every file
 * has an instance of its own, because one that failed fails for ever after. It blocks its thread: run it in a worker.
 */
export async function decodeWithFfmpeg(path: string, extension: string, maxPixels: number): Promise<RawPicture | null> {
  compiled ??= load()
  const { create, module } = await compiled
  const core = await create({
    wasmBinary: new Uint8Array(1),
    print: () => {},
    printErr: () => {},
    instantiateWasm(imports, done) {
      void (async () => done(await webAssembly.instantiate(module, imports), module))()
      return {}
    },
  })
  const file = openSync(path, 'r')
  try {
    // Formats without a signature are known by their names only.
    const name = `picture.${extension}`
    mount(core, file, name)
    const input = ['-hide_banner', '-max_pixels', String(maxPixels), '-i', `/${name}`]
    core.exec(...input, '-frames:v', '1', '-pix_fmt', 'rgba', '-c:v', 'pam', '-f', 'image2', '/out.pam')
    // It says that all went well without a picture too: the file is what counts.
    return parsePam(core.FS.readFile('/out.pam'))
  } catch {
    // No picture came out, or the instance broke over the file.
    return null
  } finally {
    closeSync(file)
  }
}

/** Puts a file where FFmpeg can read it piece by piece, without taking it into memory whole. */
function mount(core: Core, file: number, name: string): void {
  const { size } = fstatSync(file)
  const node = core.FS.createFile('/', name, {}, true, false)
  const own = node.node_ops
  node.usedBytes = size
  node.node_ops = { ...own, getattr: (each) => ({ ...own.getattr(each), size }) }
  node.stream_ops = {
    read: (_stream: Stream, buffer: Uint8Array, offset: number, length: number, position: number) =>
      readSync(file, buffer, offset, length, position),
    llseek: (stream: Stream, offset: number, whence: number) =>
      offset + (whence === 1 ? stream.position : whence === 2 ? size : 0),
  }
}

/** Netpbm's PAM: a header in lines, then the bytes of the pixels. */
function parsePam(bytes: Uint8Array): RawPicture | null {
  const head = Buffer.from(bytes.subarray(0, 200)).toString('latin1')
  const end = head.indexOf('ENDHDR\n')
  const fields = new Map(
    head.split('\n').map((line): [string, number] => [line.split(' ', 1)[0] ?? '', Number(line.split(' ', 2)[1])]),
  )
  const [width = 0, height = 0, depth] = [fields.get('WIDTH'), fields.get('HEIGHT'), fields.get('DEPTH')]
  const data = bytes.subarray(end + 7)
  if (end < 0 || depth !== 4 || width * height === 0 || data.length < width * height * 4) return null
  return { data, width, height, channels: 4 }
}
