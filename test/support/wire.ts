import { allEndpoints, bodyOf, readAnswer, type Endpoint } from '../../main/contract/index.ts'

/** A request under the names of TypeScript as it travels, and its answer back under them, as the contract says. */
export function overWire(method: string, path: string, body?: unknown) {
  const endpoint = endpointAt(method, path)
  return {
    sent: body === undefined ? undefined : ((endpoint && bodyOf(endpoint, { body })) ?? JSON.stringify(body)),
    received: (text: string): unknown => {
      const json: unknown = text === '' ? null : JSON.parse(text)
      const isProblem = typeof json === 'object' && json !== null && 'code' in json && 'retry' in json
      return endpoint && !isProblem ? readAnswer(endpoint, json) : json
    },
  }
}

/** What the contract says of an address. */
function endpointAt(method: string, path: string): Endpoint | undefined {
  const address = path.split('?')[0] ?? ''
  return allEndpoints.find((each) => {
    const pattern = new RegExp(`^${each.path.replaceAll(/\{\w+\}/g, '[^/]+')}$`)
    return each.method === method && pattern.test(address)
  })
}
