import { execFileSync, spawnSync } from 'node:child_process'
import { chmod, chown, cp, mkdir, readdir, rm } from 'node:fs/promises'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'vitest'

/** Where a program is, also where Debian hides PostgreSQL's; null when it is not installed. */
function find(name: string): string | null {
  const places = spawnSync('sh', [
    '-c',
    `command -v ${name} || ls /usr/lib/postgresql/*/bin/${name} 2>/dev/null | tail -1`,
  ])
  return places.stdout.toString().trim() || null
}

const missing = ['age', 'age-keygen', 'tar', 'psql', 'initdb', 'pg_ctl', 'runuser'].filter(
  (name) => find(name) === null,
)
/** For tests that restore with the tools alone. */
export const needsTools = { skip: missing.length > 0 }

/** A copy that the server's own user may read. */
export async function readable(path: string): Promise<string> {
  const copy = join('/tmp', `coffer-${process.pid}.sql`)
  await cp(path, copy)
  await chmod(copy, 0o644)
  return copy
}

/** A real PostgreSQL of its own, on a socket only; it refuses root, so it runs as another user. */
export async function postgres(t: Pick<TestContext, 'onTestFinished'>): Promise<(args: readonly string[]) => string> {
  const dir = join('/tmp', `coffer-pg-${process.pid}`)
  await mkdir(dir, { mode: 0o755 })
  const isRoot = userInfo().uid === 0
  const user = isRoot ? 'nobody' : userInfo().username
  if (isRoot) {
    const [uid = '0', gid = '0'] = ['-u', '-g'].map((which) => execFileSync('id', [which, user]).toString().trim())
    await chown(dir, Number(uid), Number(gid))
  }
  const as = (name: string, args: readonly string[]): string => {
    const program = find(name) ?? name
    const [command, ...rest] = isRoot ? ['runuser', '-u', user, '--', program, ...args] : [program, ...args]
    return execFileSync(command ?? '', rest, { stdio: ['ignore', 'pipe', 'pipe'], cwd: '/tmp' }).toString()
  }
  as('initdb', ['-D', join(dir, 'data'), '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8'])
  const options = `-c listen_addresses='' -c unix_socket_directories='${dir}'`
  as('pg_ctl', ['-D', join(dir, 'data'), '-o', options, '-l', join(dir, 'log'), '-w', 'start'])
  t.onTestFinished(async () => {
    as('pg_ctl', ['-D', join(dir, 'data'), '-m', 'immediate', 'stop'])
    await rm(dir, { recursive: true, force: true })
    for (const name of await readdir('/tmp')) {
      if (name === `coffer-${process.pid}.sql`) await rm(join('/tmp', name))
    }
  })
  as('psql', ['-h', dir, '-U', 'postgres', '-qc', 'create database coffer'])
  return (args) => as('psql', ['-h', dir, '-U', 'postgres', '-d', 'coffer', ...args])
}
