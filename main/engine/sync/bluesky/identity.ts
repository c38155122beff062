import { z } from 'zod'
import { askJson, sentences, type Fetch } from '../http.ts'
import { ServiceError } from '../service-error.ts'
import { call } from './calls.ts'

interface By {
  readonly network: Fetch
  readonly signal: AbortSignal
}

/** Who resolves a name where no server was given; what it says is compared with the account's own document. */
const resolver = 'https://public.api.bsky.app'
const directory = 'https://plc.directory'

const didSchema = z.string().regex(/^did:(?:plc:[a-z2-7]{24}|web:[a-z0-9.-]{1,250})$/)

/** The lasting id of an account, by its name; one that is given already stays. Throws `ServiceError`. */
export async function didOf(name: string, server: string | null, by: By): Promise<string> {
  if (name.startsWith('did:')) {
    const did = didSchema.safeParse(name).data
    if (did === undefined) throw new ServiceError('refused', 'This is not the name of an account.')
    return did
  }
  if (!isHandle(name)) {
    throw new ServiceError('refused', 'This is not the name of an account. It looks like ann.bsky.social.')
  }
  const asked = server === null ? resolver : new URL(/^https?:\/\//.test(server) ? server : `https://${server}`).origin
  const query = new URLSearchParams({ handle: name })
  const answer = await call(by, asked, `com.atproto.identity.resolveHandle?${query.toString()}`, {}).catch(
    (error: unknown) => {
      const isUnknown = error instanceof ServiceError && (error.trouble === 'refused' || error.trouble === 'gone')
      throw isUnknown ? new ServiceError('refused', 'There is no account of this name.') : error
    },
  )
  const did = z.object({ did: didSchema }).safeParse(answer.json).data?.did
  if (did === undefined) throw new ServiceError('nonsense', sentences.nonsense)
  return did
}

/** A name as the protocol has it: a domain. */
function isHandle(name: string): boolean {
  const labels = name.split('.')
  return (
    name.length <= 253 &&
    labels.length >= 2 &&
    labels.every((label) => /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i.test(label))
  )
}

const documentSchema = z.looseObject({
  id: z.string(),
  service: z.array(z.looseObject({ id: z.string(), type: z.string(), serviceEndpoint: z.unknown() })).default([]),
})

/** The server that keeps an account's data, as its own document says. */
export async function dataServerOf(did: string, by: By): Promise<string> {
  const url = did.startsWith('did:plc:')
    ? `${directory}/${did}`
    : `https://${did.slice('did:web:'.length)}/.well-known/did.json`
  const answer = await askJson(by.network, url, { signal: by.signal })
  const document = documentSchema.safeParse(answer.json).data
  const service = document?.service.find(
    (each) => each.id.endsWith('#atproto_pds') && each.type === 'AtprotoPersonalDataServer',
  )
  if (document?.id !== did || typeof service?.serviceEndpoint !== 'string') {
    throw new ServiceError('refused', 'This account does not say where its data is kept.')
  }
  return new URL(service.serviceEndpoint).origin
}
