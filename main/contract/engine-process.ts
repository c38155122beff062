/**
 * How the engine's Node is started. Its young generation and its arenas of memory stay small: what it works with for long
 * is the database's, and a grown heap is never given back. One helper for V8 instead of four: compiling the database's
 * WebAssembly on all of them at once leaves 40 MB behind and makes the start no faster. The old generation doubles before it is
 * looked through; V8 by itself lets it grow fourfold, which is 30 MB of garbage while a backup is made.
 */
export const engineFlags: readonly string[] = [
  '--disable-warning=ExperimentalWarning',
  '--max-semi-space-size=2',
  '--v8-pool-size=1',
  '--heap-growing-percent=100',
  '--optimize-for-size',
  '--no-wasm-inlining',
]

/**
 * The same for the C library of Linux: few arenas, and large pieces of memory given back when they are let go. Elsewhere it
 * says nothing.
 */
export const engineEnvironment: Readonly<Record<string, string>> = {
  MALLOC_ARENA_MAX: '2',
  MALLOC_MMAP_THRESHOLD_: '262144',
  MALLOC_TRIM_THRESHOLD_: '1048576',
}
