import { useState } from 'react'
import { Pencil } from 'lucide-react'
import type { Media } from '../../../main/contract/index.ts'
import { sentenceOf } from '../../data/client.ts'
import { useEditMedia } from '../../data/media.ts'
import { Button } from '../../components/Button.tsx'
import { useDraft } from '../../components/draft.ts'
import { IconButton } from '../../components/IconButton.tsx'
import { notifyUntilClosed } from '../../components/notices.ts'
import { TextArea } from '../../components/TextArea.tsx'
import { notifyDone, taking } from '../../components/undo.ts'
import { t } from '../../messages/translate.ts'
import styles from './Facts.module.css'

/** What a person says about a photo. */
export function Caption({ media }: { readonly media: Media }) {
  const [isEditing, setEditing] = useState(false)
  const { description } = media
  if (isEditing) return <EditCaption id={media.id} description={description} onDone={() => setEditing(false)} />
  if (description === null || description === '') {
    return (
      <Button kind="quiet" className={styles['add'] ?? ''} onClick={() => setEditing(true)}>
        {t('viewer.addCaption')}
      </Button>
    )
  }
  return (
    <div className={styles['line']}>
      <p className={styles['caption']}>{description}</p>
      <IconButton name={t('viewer.editCaption')} onClick={() => setEditing(true)}>
        <Pencil size={16} />
      </IconButton>
    </div>
  )
}

function EditCaption({
  id,
  description,
  onDone,
}: {
  readonly id: string
  readonly description: string | null
  readonly onDone: () => void
}) {
  /** As it was before anything was typed; what is saved in between changes what the photo says. */
  const [before] = useState(description)
  const { mutateAsync } = useEditMedia()
  const set = (text: string | null): Promise<unknown> => mutateAsync({ id, edit: { description: text } })
  const keep = (text: string | null): void => {
    set(text).then(
      () =>
        notifyDone(
          t('viewer.captionSet'),
          t('viewer.caption'),
          taking(
            () => set(before),
            () => set(text),
          ),
        ),
      (error: unknown) =>
        notifyUntilClosed(`${sentenceOf(error)} ${t('viewer.captionUnsaved', { text: text ?? '' })}`, {
          name: t('tryAgain'),
          run: () => keep(text),
        }),
    )
  }
  const draft = useDraft({
    initial: description ?? '',
    saves: (text) => set(captionIn(text)),
    onFinish: (text) => {
      onDone()
      if (captionIn(text) !== before) keep(captionIn(text))
    },
  })
  return (
    <form
      className={styles['form']}
      onBlur={draft.onBlur}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' && !(event.key === 'Enter' && (event.ctrlKey || event.metaKey))) return
        event.stopPropagation()
        draft.finish()
      }}
      onSubmit={(event) => {
        event.preventDefault()
        draft.finish()
      }}
    >
      <TextArea
        label={t('viewer.caption')}
        hint={t('typed.saves')}
        rows={3}
        value={draft.value}
        isFocused
        onText={draft.set}
      />
      <div className={styles['actions']}>
        <Button kind="primary" type="submit">
          {t('typed.done')}
        </Button>
      </div>
    </form>
  )
}

function captionIn(text: string): string | null {
  return text.trim() === '' ? null : text.trim()
}
