import { t } from '../messages/translate.ts'
import { Choice } from './Choice.tsx'
import { Choices } from './Choices.tsx'

/** A copy in the vault, or only a look at where they are. */
export function KeepChoice({
  isReference,
  onChange,
}: {
  readonly isReference: boolean
  readonly onChange: (isReference: boolean) => void
}) {
  return (
    <Choices legend={t('sheet.how')}>
      <Choice
        group="keep"
        name={t('sheet.copy')}
        hint={t('sheet.copyHint')}
        isChosen={!isReference}
        onChoose={() => onChange(false)}
      />
      <Choice
        group="keep"
        name={t('sheet.reference')}
        hint={t('sheet.referenceHint')}
        isChosen={isReference}
        onChoose={() => onChange(true)}
      />
    </Choices>
  )
}
