import { say } from '../words/say.ts'
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
    <Choices legend={say('sheet.how')}>
      <Choice
        group="keep"
        name={say('sheet.copy')}
        hint={say('sheet.copyHint')}
        isChosen={!isReference}
        onChoose={() => onChange(false)}
      />
      <Choice
        group="keep"
        name={say('sheet.reference')}
        hint={say('sheet.referenceHint')}
        isChosen={isReference}
        onChoose={() => onChange(true)}
      />
    </Choices>
  )
}
