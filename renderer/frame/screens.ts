import { goTo, placeOf, usePlace, type Place } from '../route.ts'
import type { Screen } from '../screen.ts'
import { activityScreen } from '../screens/activity/screen.tsx'
import { albumsScreen } from '../screens/albums/screen.tsx'
import { backupsScreen } from '../screens/backups/screen.tsx'
import { connectionsScreen } from '../screens/connections/screen.tsx'
import { importsScreen } from '../screens/imports/screen.tsx'
import { postsScreen } from '../screens/posts/screen.tsx'
import { searchScreen } from '../screens/search/screen.tsx'
import { settingsScreen } from '../screens/settings/screen.tsx'
import { timelineScreen } from '../screens/timeline/screen.tsx'
import { trashScreen } from '../screens/trash/screen.tsx'

/** Every screen, in the order of the sidebar. */
export const screens: readonly Screen[] = [
  searchScreen,
  timelineScreen,
  albumsScreen,
  postsScreen,
  connectionsScreen,
  importsScreen,
  backupsScreen,
  activityScreen,
  trashScreen,
  settingsScreen,
]

export interface Shown {
  readonly screen: Screen
  readonly id: string | null
}

/** The screen that the address names. */
export function useShown(): Shown {
  return shownAt(usePlace())
}

/** Goes to a place as a link names it, such as `albums/ID`. */
export function goToPlace(place: string): void {
  const { screen, id } = shownAt(placeOf(`#/${place}`))
  goTo(screen.name, id)
}

/** A name that is unknown leads to the timeline. */
function shownAt({ name, id }: Place): Shown {
  const screen = screens.find((each) => each.name === name) ?? timelineScreen
  return { screen, id: screen.takesId ? id : null }
}
