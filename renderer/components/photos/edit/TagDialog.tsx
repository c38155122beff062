import { useState } from 'react'
import { Check, Minus, Plus, Tag } from 'lucide-react'
import { sentenceOf } from '../../../data/client.ts'
import { setTag, useTagNames, useTagsOf } from '../../../data/media-edits.ts'
import { number } from '../../../messages/format.ts'
import { matching } from '../../../messages/matching.ts'
import { t } from '../../../messages/translate.ts'
import { Button } from '../../Button.tsx'
import { Dialog } from '../../Dialog.tsx'
import { notify } from '../../notices.ts'
import { Picker, type Offer } from '../../Picker.tsx'
import { notifyDone, taking } from '../../undo.ts'
import { Problem } from '../../Problem.tsx'

/** As many as one looks through; the rest are found by typing. */
const mostShown = 200

/** Words for photos. What is on all of them is taken off by a press, anything else put on all of them. */
export function TagDialog({ ids, onClose }: { readonly ids: readonly string[]; readonly onClose: () => void }) {
  const here = useTagsOf(ids)
  const names = useTagNames()
  const [text, setText] = useState('')
  const [isBusy, setBusy] = useState(false)
  const typed = text.trim()
  const on = new Map((here.data ?? []).map(({ name, count }) => [name.toLowerCase(), { name, count }]))
  const known = [...on.values()].map(({ name }) => name)
  const others = (names.data ?? []).filter((name) => !on.has(name.toLowerCase()))
  const found = matching([...known, ...others], text, (name) => name).slice(0, mostShown)
  const isNew = typed !== '' && !found.some((name) => name.toLowerCase() === typed.toLowerCase())
  const offers = found.map((name): Offer => offerOf(name, on.get(name.toLowerCase())?.count ?? 0, ids.length))
  if (isNew) offers.push({ key: typed, sign: <Plus size={18} />, name: t('tags.new', { name: typed }) })

  const toggle = async (name: string): Promise<void> => {
    if (isBusy) return
    setBusy(true)
    try {
      const isTagged = on.get(name.toLowerCase())?.count !== ids.length
      const changed = await setTag(ids, name, isTagged)
      await Promise.all([here.refetch(), names.refetch()])
      setText('')
      notifyDone(
        t(isTagged ? 'tags.added' : 'tags.removed', { name, count: changed.length }),
        t('tags.edit'),
        taking(
          () => setTag(changed, name, !isTagged),
          () => setTag(changed, name, isTagged),
        ),
      )
    } catch (error) {
      notify(sentenceOf(error))
    } finally {
      setBusy(false)
    }
  }
  /** A word that was typed and not taken yet goes on all of them. */
  const finish = async (): Promise<void> => {
    if (typed !== '' && on.get(typed.toLowerCase())?.count !== ids.length) {
      await toggle(found.find((name) => name.toLowerCase() === typed.toLowerCase()) ?? typed)
    }
    onClose()
  }
  return (
    <Dialog
      title={t('tags.title', { count: ids.length })}
      onClose={onClose}
      actions={
        <Button kind="primary" disabled={isBusy} onClick={() => void finish()}>
          {t('tags.done')}
        </Button>
      }
    >
      {here.isError && <Problem sentence={sentenceOf(here.error)} onRetry={() => void here.refetch()} />}
      <Picker
        label={t('tags.find')}
        listLabel={t('tags.found')}
        text={text}
        maxLength={100}
        keeps
        offers={offers}
        onText={setText}
        onTake={(name) => void toggle(name)}
      />
    </Dialog>
  )
}

function offerOf(name: string, count: number, total: number): Offer {
  if (count === 0) return { key: name, sign: <Tag size={18} />, name }
  if (count === total) return { key: name, sign: <Check size={18} />, name, standing: t('tags.onAll') }
  return {
    key: name,
    sign: <Minus size={18} />,
    name,
    note: t('tags.onSome', { count: number(count), total: number(total) }),
  }
}
