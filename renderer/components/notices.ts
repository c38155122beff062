import { Toast } from '@base-ui/react/toast'

/** The notices of this window; `Notices` draws them. */
export const notices = Toast.createToastManager()

const showMs = 8000

interface NoticeAction {
  readonly name: string
  readonly run: () => void
}

/** Says that something has been done, with the way back where there is one. Returns the way to take the notice away. */
export function notify(sentence: string, action?: NoticeAction): () => void {
  return show(sentence, showMs, action)
}

/** The same, until the person takes it away: something would be lost with it. */
export function notifyUntilClosed(sentence: string, action?: NoticeAction): void {
  show(sentence, 0, action)
}

function show(sentence: string, timeout: number, action?: NoticeAction): () => void {
  const id = notices.add({
    title: sentence,
    timeout,
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
  return () => notices.close(id)
}
