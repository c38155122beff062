import type { KeyGroup } from '../screen.ts'
import { viewerKeys } from '../screens/viewer/keys.ts'
import { screens } from './screens.ts'

/** Every key of the window, for the settings to show: those that work everywhere, then those of each screen. */
export const keyGroups: readonly KeyGroup[] = [
  {
    title: 'keys.everywhere',
    keys: [
      ...screens.flatMap(({ shortcut }) => shortcut ?? []),
      { keys: window.coffer ? 'Ctrl L' : 'G L', meaning: 'keys.lock' },
      { keys: '?', meaning: 'keys.show' },
    ],
  },
  ...screens.flatMap(({ keys }) => keys ?? []),
  viewerKeys,
]
