import { fork, type ChildProcess } from 'node:child_process'
import { extname, join } from 'node:path'
import { localZone } from '../base/local-zone.ts'

/** What a worker needs of the environment; what is not there cannot leak. Windows does not start without its root. */
const kept = ['PATH', 'SystemRoot', 'windir', 'TEMP', 'TMP', 'TMPDIR']
/** Keeps glibc from holding on to what libvips gave back: few arenas, and pixels always in pages of their own. */
const frugalMalloc = { MALLOC_ARENA_MAX: '2', MALLOC_MMAP_THRESHOLD_: '262144' }
const maxStderrCharacters = 2000

/** Starts one worker process: `child.ts` from source, `child.js` when built. */
export function forkWorker(): { readonly child: ChildProcess; readonly stderr: () => string } {
  const entry = join(import.meta.dirname, `child${extname(import.meta.filename)}`)
  const environment = Object.fromEntries(
    kept.flatMap((name) => (name in process.env ? [[name, process.env[name]]] : [])),
  )
  const child = fork(entry, [], {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    // A small heap: a worker's own objects are few, its pixels lie outside of it, and decoding is not JavaScript.
    execArgv: ['--disable-warning=ExperimentalWarning', '--max-semi-space-size=1', '--optimize-for-size'],
    env: { ...environment, ...frugalMalloc, TZ: localZone() },
  })
  let stderr = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-maxStderrCharacters)
  })
  return { child, stderr: () => stderr }
}
