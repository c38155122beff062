import { CalendarClock, MapPin, Tag } from 'lucide-react'
import { say } from '../../../words/say.ts'
import { DialogAction } from '../DialogAction.tsx'
import { DateDialog } from './DateDialog.tsx'
import { PlaceDialog } from './PlaceDialog.tsx'
import { TagDialog } from './TagDialog.tsx'

/** What a person says of the chosen photos: words, when, and where. */
export function EditActions({ ids }: { readonly ids: readonly string[] }) {
  return (
    <>
      <DialogAction
        name={say('tags.edit')}
        icon={<Tag />}
        letter="t"
        isIcon
        renderDialog={(close) => <TagDialog ids={ids} onClose={close} />}
      />
      <DialogAction
        name={say('dates.edit')}
        icon={<CalendarClock />}
        letter="e"
        isIcon
        renderDialog={(close) => <DateDialog ids={ids} onClose={close} />}
      />
      <DialogAction
        name={say('places.edit')}
        icon={<MapPin />}
        letter="p"
        isIcon
        renderDialog={(close) => <PlaceDialog ids={ids} onClose={close} />}
      />
    </>
  )
}
