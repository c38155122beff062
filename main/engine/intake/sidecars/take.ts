import { rm } from 'node:fs/promises'
import { basename, extname, join } from 'node:path'
import type { Reason } from '../../../contract/index.ts'
import { newId } from '../../base/ids.ts'
import { shownPath } from '../../base/path-text.ts'
import { lookAt, sidecarPath, takeIn, type Keeping, type SourceFile } from '../../files/index.ts'
import type { IntakeContext } from '../context.ts'
import { sidecarKind, type SidecarKind } from './names.ts'

/** A sidecar row on its way. */
export interface NewSidecar {
  readonly id: string
  readonly kind: SidecarKind
  readonly filename: string
  readonly file: SourceFile
  readonly sizeBytes: number
  readonly hash: string
  readonly storage: 'vault' | 'reference'
  readonly filePath: string
  /** Where its bytes are until its row is stored, as path text. */
  readonly readFrom: string
  readonly keeping: readonly Keeping[]
}

export interface SidecarRun {
  readonly userId: string
  readonly isReference: boolean
  /** Where copies lie until they are kept. */
  readonly incoming: string
}

/**
 * Reads a sidecar whole and copies it, unless it stays where it is. Returns a reason where there is no room for it. Throws what
 * `takeIn` does.
 */
export async function takeSidecar(
  context: Pick<IntakeContext, 'space'>,
  run: SidecarRun,
  path: string,
  signal: AbortSignal,
): Promise<NewSidecar | Reason> {
  const kind = sidecarKind(path)
  if (kind === null) throw new Error('this is not the name of a sidecar')
  const id = newId()
  const copyTo = run.isReference ? null : join(run.incoming, id)
  const before = await lookAt(path)
  const staged = await takeIn({ path }, { copyTo, headBytes: 0, signal })
  const file: SourceFile = before ?? { path, sizeBytes: staged.sizeBytes, mtimeNs: 0n, ctimeNs: 0n, inode: '' }
  if (copyTo !== null) {
    // Its photo holds room already and waits for it: two that wait for each other would wait for ever.
    const noRoom = await context.space.take(run.userId, staged.sizeBytes, false)
    if (noRoom !== null) {
      await rm(copyTo, { force: true })
      return noRoom
    }
  }
  const filePath = copyTo === null ? path : sidecarPath(run.userId, id, extname(path).slice(1).toLowerCase())
  return {
    id,
    kind,
    filename: shownPath(basename(path)),
    file,
    sizeBytes: staged.sizeBytes,
    hash: staged.hash,
    storage: copyTo === null ? 'reference' : 'vault',
    filePath,
    readFrom: copyTo ?? path,
    keeping: copyTo === null ? [] : [{ owner: id, from: copyTo, to: filePath, durable: true }],
  }
}

export function isReason(taken: NewSidecar | Reason): taken is Reason {
  return 'code' in taken
}
