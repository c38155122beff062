import { useState } from 'react'
import { useRestore } from '../../data/restore.ts'
import { ChooseMoment } from './ChooseMoment.tsx'
import { FindBackup, type Found } from './FindBackup.tsx'
import { RestoreProgress } from './RestoreProgress.tsx'

/** A vault out of a backup, step by step: where it is, which moment, where to, and then it runs. */
export function RestoreVault({ suggestion, onTry }: { readonly suggestion: string; readonly onTry: () => void }) {
  const restore = useRestore()
  const [found, setFound] = useState<Found | null>(null)
  /** The end of a restore stays with the engine; one that was seen before must not be shown again. */
  const [isFollowing, setFollowing] = useState(false)
  const now = restore.data
  // One that was running when this window came is followed to its end as well.
  if (now?.status === 'running' && !isFollowing) setFollowing(true)
  if (isFollowing && now && now.status !== 'none')
    return <RestoreProgress now={now} onAgain={() => setFollowing(false)} />
  if (!found) return <FindBackup onTry={onTry} onFound={setFound} />
  return (
    <ChooseMoment
      found={found}
      suggestion={suggestion}
      onBack={() => setFound(null)}
      onStarted={() => setFollowing(true)}
    />
  )
}
