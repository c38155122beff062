import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'

/** Prints `N passed, N failed` over the last `npm test` and `npm run test:app`, and what was skipped. */
function main(): void {
  const folder = resolve(import.meta.dirname, '../out/tests')
  const total = { passed: 0, failed: 0, skipped: 0 }
  const read = (name: string): string | null => {
    const path = `${folder}/${name}`
    return existsSync(path) ? readFileSync(path, 'utf8') : null
  }
  const node = read('node.json')
  if (node !== null) {
    const { numPassedTests, numFailedTests, numFailedTestSuites, numPendingTests } = JSON.parse(node) as Record<
      string,
      number
    >
    total.passed += numPassedTests ?? 0
    // A file that could not be loaded has no test that failed.
    total.failed += Math.max(numFailedTests ?? 0, numFailedTestSuites ?? 0)
    total.skipped += numPendingTests ?? 0
  }
  for (const outcome of read('app.txt')?.matchAll(/^ℹ (pass|fail|skipped) (\d+)$/gm) ?? []) {
    const [, what, count] = outcome
    if (what === 'pass') total.passed += Number(count)
    else if (what === 'fail') total.failed += Number(count)
    else total.skipped += Number(count)
  }
  console.log(`${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ''}`)
}

main()
