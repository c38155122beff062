import { useState } from 'react'
import { Pencil } from 'lucide-react'
import type { Media } from '../../../main/contract/index.ts'
import { Button } from '../../parts/Button.tsx'
import { IconButton } from '../../parts/IconButton.tsx'
import { TextArea } from '../../parts/TextArea.tsx'
import { say } from '../../words/say.ts'
import { useChange } from './use-change.ts'
import styles from './Facts.module.css'

/** What a person says about a photo. */
export function Caption({ media }: { readonly media: Media }) {
  const [draft, setDraft] = useState<string | null>(null)
  const change = useChange(media)
  const { description } = media
  if (draft === null) {
    if (description === null || description === '') {
      return (
        <Button kind="quiet" className={styles['add'] ?? ''} onClick={() => setDraft('')}>
          {say('viewer.addCaption')}
        </Button>
      )
    }
    return (
      <div className={styles['line']}>
        <p className={styles['caption']}>{description}</p>
        <IconButton name={say('viewer.editCaption')} onClick={() => setDraft(description)}>
          <Pencil size={16} />
        </IconButton>
      </div>
    )
  }
  const save = (): void => {
    const text = draft.trim() === '' ? null : draft.trim()
    setDraft(null)
    if (text !== description) change({ description: text }, say('viewer.captionSet'))
  }
  return (
    <form
      className={styles['form']}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) save()
        else if (event.key !== 'Escape') return
        event.stopPropagation()
        setDraft(null)
      }}
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      <TextArea label={say('viewer.caption')} rows={3} value={draft} isFocused onText={setDraft} />
      <div className={styles['actions']}>
        <Button onClick={() => setDraft(null)}>{say('cancel')}</Button>
        <Button kind="primary" type="submit">
          {say('albums.save')}
        </Button>
      </div>
    </form>
  )
}
