import { pageHeaders } from './browser-page.ts'

/** A stream of server-sent events, as `EventSource` gives it. */
export interface EventStream {
  addEventListener(type: 'open' | 'error', listen: () => void): void
  addEventListener(type: 'message', listen: (message: MessageEvent<string>) => void): void
  readonly readyState: number
  close(): void
}

/** Opens a stream of events: the browser's own where it may ask by itself, one that sends the key of the page elsewhere. */
export function openEventStream(address: string): EventStream {
  const headers = pageHeaders()
  return Object.keys(headers).length === 0 ? new EventSource(address) : keyedStream(address, headers)
}

/** It does not open itself again: anyone who listens does so after an error, as after one that ended an `EventSource`. */
function keyedStream(address: string, headers: Readonly<Record<string, string>>): EventStream {
  const target = new EventTarget()
  const ending = new AbortController()
  let readyState: number = EventSource.CONNECTING
  const read = async (): Promise<void> => {
    const answer = await fetch(address, { headers, signal: ending.signal })
    if (!answer.ok || !answer.body) throw new Error(`The engine answered ${answer.status}.`)
    readyState = EventSource.OPEN
    target.dispatchEvent(new Event('open'))
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader()
    let text = ''
    for (;;) {
      const { value, done } = await reader.read()
      if (done) return
      const events = (text + value).split('\n\n')
      text = events.pop() ?? ''
      for (const event of events) {
        const lines = event.split('\n').filter((line) => line.startsWith('data: '))
        if (lines.length === 0) continue
        target.dispatchEvent(new MessageEvent('message', { data: lines.map((line) => line.slice(6)).join('\n') }))
      }
    }
  }
  const end = (): void => {
    readyState = EventSource.CLOSED
    if (!ending.signal.aborted) target.dispatchEvent(new Event('error'))
  }
  read().then(end, end)
  return {
    addEventListener: (type: string, listen: (event: never) => void) =>
      target.addEventListener(type, listen as EventListener),
    get readyState() {
      return readyState
    },
    close: () => ending.abort(),
  }
}
