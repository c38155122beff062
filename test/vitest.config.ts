import { resolve } from 'node:path'
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config'

const root = resolve(import.meta.dirname, '..')

/** Tests that are named together: `npm test -- --project attack`. */
function project(name: string, include: readonly string[]): TestProjectInlineConfiguration {
  return {
    extends: true,
    test: {
      name,
      include: [...include],
      // A process for each file: tests start threads and programs, and some bring a process down.
      pool: 'forks',
      execArgv: ['--disable-warning=ExperimentalWarning'],
      testTimeout: 600_000,
      hookTimeout: 600_000,
    },
  }
}

export default defineConfig({
  root,
  test: {
    // Two of them, each with a database, fill two cores.
    maxWorkers: 2,
    // Node reads TypeScript by itself, and so do the threads and programs that tests start: what is tested is what runs.
    experimental: { viteModuleRunner: false },
    slowTestThreshold: 60_000,
    reporters: ['default', ['json', { outputFile: 'out/tests/node.json' }]],
    projects: [
      project('unit', ['test/*.test.ts', 'test/{base,keys,shell,window}/**/*.test.ts']),
      project('engine', ['test/{accounts,archive,backup,database,engine,export,jobs,media,posts,sync}/**/*.test.ts']),
      project('api', ['test/api/**/*.test.ts']),
      project('attack', ['test/attack/**/*.test.ts']),
    ],
    coverage: {
      provider: 'v8',
      include: ['main/engine/**/*.ts', 'renderer/**/*.ts'],
      reporter: ['text-summary', 'html'],
      reportsDirectory: 'out/coverage',
    },
  },
})
