import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

/**
 * The engine stays a tree of small modules, mirrored one to one under `out/`: its workers are started as sibling files,
 * and a stack trace names the file it came from. Everything in node_modules stays there.
 */
export default defineConfig({
  publicDir: false,
  build: {
    ssr: true,
    outDir: here('../../out'),
    emptyOutDir: false,
    target: 'node26',
    minify: false,
    rolldownOptions: {
      input: [
        here('index.ts'),
        here('cli/index.ts'),
        here('database/connection/worker.ts'),
        here('database/build-image.ts'),
        here('media/child.ts'),
        here('media/watch.ts'),
        here('backup/pack/pack-thread.ts'),
        here('keys/strength-thread.ts'),
      ],
      external: (id) => !id.startsWith('.') && !id.startsWith('/') && !/^[A-Za-z]:[\\/]/.test(id),
      output: {
        format: 'es',
        preserveModules: true,
        preserveModulesRoot: here('..'),
        entryFileNames: '[name].js',
        exports: 'named',
      },
    },
  },
})
