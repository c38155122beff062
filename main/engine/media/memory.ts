import { readFile } from 'node:fs/promises'

/** How much memory another process holds, in MB; null where the system has no `/proc` to ask. */
export async function memoryOf(pid: number): Promise<number | null> {
  if (process.platform !== 'linux') return null
  const text = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(text)?.[1]
  return kilobytes === undefined ? null : (Number(kilobytes) * 1024) / 1_000_000
}
