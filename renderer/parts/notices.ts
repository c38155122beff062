import { Toast } from '@base-ui/react/toast'

/** The notices of this window; `Notices` draws them. */
export const notices = Toast.createToastManager()

const showMs = 8000

/** Says that something has been done, with the way back where there is one. */
export function notify(sentence: string, action?: { readonly name: string; readonly run: () => void }): void {
  const id = notices.add({
    title: sentence,
    timeout: showMs,
    ...(action && {
      actionProps: {
        children: action.name,
        onClick: () => {
          notices.close(id)
          action.run()
        },
      },
    }),
  })
}
