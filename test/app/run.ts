import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** `npm run test:app`: builds, then drives the real app, under xvfb where there is no display. */
const root = resolve(import.meta.dirname, '../..')
const hasDisplay = process.platform !== 'linux' || process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']
const xvfb = '/usr/bin/xvfb-run'

function run(program: string, args: readonly string[]): number {
  const { status, error } = spawnSync(program, args, { cwd: root, stdio: 'inherit' })
  if (error) throw error
  return status ?? 1
}

function main(): number {
  const built = run(process.execPath, [join(root, 'main/launch/build.ts')])
  if (built !== 0) return built
  const results = join(root, 'out/tests')
  mkdirSync(results, { recursive: true })
  const reporters = [
    '--test-reporter=spec',
    '--test-reporter-destination=stdout',
    '--test-reporter=spec',
    `--test-reporter-destination=${join(results, 'app.txt')}`,
  ]
  const test = [process.execPath, '--test', '--test-concurrency=1', ...reporters, join(root, 'test/app/*.test.ts')]
  if (hasDisplay) return run(test[0] ?? process.execPath, test.slice(1))
  if (!existsSync(xvfb)) {
    process.stderr.write('There is no display and no xvfb-run: install xvfb to test the app here.\n')
    return 1
  }
  return run(xvfb, ['-a', '-s', '-screen 0 1600x1100x24', ...test])
}

process.exitCode = main()
