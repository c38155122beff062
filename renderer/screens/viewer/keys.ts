import type { KeyGroup } from '../../screen.ts'

/** The keys that work in the viewer, for the list in the settings. */
export const viewerKeys: KeyGroup = {
  title: 'keys.viewer',
  keys: [
    { keys: '← →', meaning: 'keys.turn' },
    { keys: '+ − Z', meaning: 'keys.zoom' },
    { keys: '0 – 5', meaning: 'viewer.rating' },
    { keys: 'E', meaning: 'viewer.editDate' },
    { keys: 'T', meaning: 'tags.edit' },
    { keys: 'P', meaning: 'places.edit' },
    { keys: 'F', meaning: 'viewer.favourite' },
    { keys: 'A', meaning: 'albums.add' },
    { keys: 'R', meaning: 'viewer.rotate' },
    { keys: 'S', meaning: 'viewer.play' },
    { keys: 'O', meaning: 'viewer.openOriginal' },
    { keys: 'I', meaning: 'viewer.info' },
    { keys: 'Delete', meaning: 'trash.move' },
    { keys: 'Esc', meaning: 'viewer.back' },
  ],
}
