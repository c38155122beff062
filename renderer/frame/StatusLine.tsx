import type { Import } from '../../main/contract/index.ts'
import { doneFiles, isUnderWay, useImports, useImportVerb } from '../engine/imports.ts'
import { Button } from '../parts/Button.tsx'
import { words } from '../words/en.ts'
import styles from './StatusLine.module.css'

/** One quiet line while an import is under way; a click opens its report. */
export function StatusLine({ onOpen }: { readonly onOpen: (id: string) => void }) {
  const imports = useImports()
  const verb = useImportVerb()
  const current = imports.data?.find(isUnderWay)
  if (!current) return null
  const isRunning = current.status === 'running'
  const done = doneFiles(current)
  return (
    <section className={styles['line']} aria-label={words.running.label}>
      <div
        className={styles['bar']}
        role="progressbar"
        aria-label={words.running.label}
        aria-valuemin={0}
        aria-valuemax={Math.max(current.seen, 1)}
        aria-valuenow={done}
      >
        <div style={{ transform: `scaleX(${current.seen > 0 ? done / current.seen : 0})` }} />
      </div>
      <button
        type="button"
        className={styles['report']}
        onClick={() => onOpen(current.id)}
        title={words.running.report}
      >
        <span className={styles['figures']}>{figures(current)}</span>
        {current.currentFile !== null && isRunning && (
          <span className={styles['file']}>{nameOf(current.currentFile)}</span>
        )}
      </button>
      {isRunning ? (
        <Button kind="quiet" onClick={() => verb.mutate({ id: current.id, verb: 'pause' })}>
          {words.running.pause}
        </Button>
      ) : (
        <Button kind="quiet" onClick={() => verb.mutate({ id: current.id, verb: 'resume' })}>
          {words.running.resume}
        </Button>
      )}
      <Button kind="quiet" onClick={() => verb.mutate({ id: current.id, verb: 'cancel' })}>
        {words.running.cancel}
      </Button>
    </section>
  )
}

function figures(each: Import): string {
  const done = doneFiles(each)
  if (each.status === 'waiting') return each.problem ?? words.running.waiting
  if (each.status === 'paused') return words.running.paused(done, each.seen)
  return [
    words.running.progress(done, each.seen, each.scanComplete),
    each.filesPerSecond === null || each.filesPerSecond < 0.05 ? null : words.running.rate(each.filesPerSecond),
    each.remainingSeconds === null || !each.scanComplete ? null : words.running.left(each.remainingSeconds),
  ]
    .filter((part) => part !== null)
    .join(' · ')
}

function nameOf(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path
}
