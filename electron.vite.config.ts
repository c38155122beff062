import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

interface Manifest {
  readonly version: string
  readonly license?: string
  readonly dependencies: Readonly<Record<string, string>>
}

const manifestOf = (path: string): Manifest => JSON.parse(readFileSync(here(path), 'utf8')) as Manifest
const { version, dependencies } = manifestOf('package.json')
/** Packages the build puts into the window; those of the engine are dependencies. */
const bundled = [
  '@base-ui/react',
  '@tanstack/react-query',
  '@tanstack/react-virtual',
  'intl-messageformat',
  'lucide-react',
  'react',
  'react-dom',
]
const licences = [...Object.keys(dependencies), ...bundled, 'electron']
  .toSorted()
  .map((name) => ({ name, licence: manifestOf(`node_modules/${name}/package.json`).license ?? '' }))

/**
 * The three parts that run inside Electron. Shell and preload are CommonJS in the syntax of Node 18, and the renderer
 * targets Chrome 114, so that an Electron as old as 25 can run what is built. The engine is a build of its own.
 */
export default defineConfig({
  main: {
    build: {
      outDir: here('out/main'),
      target: 'node18',
      minify: false,
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: here('main/index.ts') },
        external: ['electron'],
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  preload: {
    build: {
      outDir: here('out/preload'),
      target: 'node18',
      minify: false,
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: here('preload/index.ts') },
        external: ['electron'],
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: here('renderer'),
    plugins: [react()],
    define: { cofferVersion: JSON.stringify(version), cofferLicences: JSON.stringify(licences) },
    server: { port: 5199, strictPort: true, hmr: { protocol: 'ws', host: 'localhost', clientPort: 5199 } },
    build: {
      outDir: here('out/renderer'),
      target: 'chrome114',
      minify: true,
      modulePreload: false,
      assetsInlineLimit: 0,
      // It comes from the disk, whole or not at all.
      chunkSizeWarningLimit: 2000,
      rolldownOptions: { input: { index: here('renderer/index.html') } },
    },
  },
})
