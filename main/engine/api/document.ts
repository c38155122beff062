import { z } from 'zod'
import { allEndpoints, apiRoot, problemSchema, wireName, type Endpoint } from '../../contract/index.ts'

type Json = Readonly<Record<string, unknown>>

/**
 * The OpenAPI document, made from the endpoints themselves. Schemas with a name are components that everything refers to;
 * `x-coffer-access` says who may ask.
 */
export function openApiDocument(): Json {
  const components = new Map<string, Json>()
  const paths: Record<string, Record<string, Json>> = {}
  for (const endpoint of allEndpoints) {
    const path = (paths[`${apiRoot}${endpoint.path}`] ??= {})
    path[endpoint.method.toLowerCase()] = operationOf(endpoint, components)
  }
  const problem = schemaOf(problemSchema, 'output', components)
  return {
    openapi: '3.1.0',
    info: {
      title: 'Coffer',
      version: '1',
      description:
        'The engine of Coffer. Errors are problem+json (RFC 9457) with a `code` and a `retry` hint. Lists are pages: ' +
        '`next` of one is `cursor` of the one after it.',
      license: { name: 'AGPL-3.0-or-later', url: 'https://www.gnu.org/licenses/agpl-3.0.html' },
    },
    servers: [{ url: '/' }],
    paths,
    components: {
      schemas: Object.fromEntries([...components].toSorted(([one], [other]) => (one < other ? -1 : 1))),
      parameters: { ...headers, ...shareParameters(paths) },
      responses: {
        Problem: { description: 'What went wrong.', content: { 'application/problem+json': { schema: problem } } },
      },
    },
  }
}

const headers: Json = {
  IdempotencyKey: {
    name: 'Idempotency-Key',
    in: 'header',
    description: 'Repeating a request with the same key returns the same answer and creates nothing new.',
    schema: { type: 'string', minLength: 1, maxLength: 255 },
  },
  IfMatch: {
    name: 'If-Match',
    in: 'header',
    description: 'The ETag of the state this change is meant for; 412 when it has since changed.',
    schema: { type: 'string', maxLength: 200 },
  },
}

function operationOf(endpoint: Endpoint, components: Map<string, Json>): Json {
  const parameters = [
    ...parametersOf(endpoint.params, 'path', components),
    ...parametersOf(endpoint.query, 'query', components),
    ...(endpoint.isOnce ? [{ $ref: '#/components/parameters/IdempotencyKey' }] : []),
    ...(endpoint.isVersioned ? [{ $ref: '#/components/parameters/IfMatch' }] : []),
  ]
  const body = bodyOf(endpoint, components)
  return {
    operationId: nameOf(endpoint),
    summary: endpoint.summary,
    tags: [endpoint.path.split('/')[1]],
    'x-coffer-access': endpoint.access,
    ...(parameters.length > 0 && { parameters }),
    ...(body && { requestBody: { required: true, content: body } }),
    responses: {
      [endpoint.status]: {
        description: endpoint.answer === null ? 'Done.' : 'The response.',
        ...answerOf(endpoint, components),
      },
      default: { $ref: '#/components/responses/Problem' },
    },
  }
}

function bodyOf({ body, isUpload }: Endpoint, components: Map<string, Json>): Json | null {
  if (body === null) return null
  return { [isUpload ? 'multipart/form-data' : 'application/json']: { schema: schemaOf(body, 'input', components) } }
}

function answerOf({ answer }: Endpoint, components: Map<string, Json>): Json {
  if (answer === null) return {}
  if (answer === 'bytes') return { content: { '*/*': { schema: { type: 'string', format: 'binary' } } } }
  if (answer === 'events') return { content: { 'text/event-stream': { schema: { type: 'string' } } } }
  return { content: { 'application/json': { schema: schemaOf(answer, 'output', components) } } }
}

function parametersOf(shape: z.ZodObject, place: 'path' | 'query', components: Map<string, Json>): Json[] {
  return Object.entries(shape.shape).map(([name, field]) => {
    const { description, ...schema } = schemaOf(field, 'input', components) as Json & { description?: string }
    const isOptional = place === 'query' && z.safeParse(field, undefined).success
    return {
      name: wireName(name),
      in: place,
      ...(!isOptional && { required: true }),
      ...(description !== undefined && { description }),
      schema,
      ...(schema['type'] === 'array' && { style: 'form', explode: false }),
    }
  })
}

/** Lets operations refer to a parameter that several of them have, and answers those parameters by their names. */
function shareParameters(paths: Readonly<Record<string, Readonly<Record<string, Json>>>>): Json {
  const operations = Object.values(paths).flatMap((path) => Object.values(path)) as { parameters?: Json[] }[]
  const users = Map.groupBy(
    operations.flatMap((each) => each.parameters ?? []).filter((each) => !('$ref' in each)),
    (each) => JSON.stringify(each),
  )
  const names = new Map<string, string>()
  const shared: Record<string, Json> = {}
  for (const [text, [parameter, ...others]] of users) {
    if (!parameter || others.length === 0) continue
    const base = pascal(String(parameter['name']))
    let name = base
    for (let number = 2; name in shared; number += 1) name = `${base}${number}`
    shared[name] = parameter
    names.set(text, name)
  }
  for (const operation of operations) {
    if (!operation.parameters) continue
    operation.parameters = operation.parameters.map((each) => {
      const name = names.get(JSON.stringify(each))
      return name === undefined ? each : { $ref: `#/components/parameters/${name}` }
    })
  }
  return shared
}

/** A text or null is of two types, rather than any of two schemas. */
function nullableInOne(schema: z.core.JSONSchema.BaseSchema): void {
  const [one, other, ...more] = schema.anyOf ?? []
  if (!one || !other || more.length > 0 || other.type !== 'null' || typeof one.type !== 'string') return
  delete schema.anyOf
  Object.assign(schema, one, { type: [one.type, 'null'], ...(one.enum && { enum: [...one.enum, null] }) })
}

/** A schema under the names of the wire; what it refers to by name is added to the components. */
function schemaOf(schema: z.core.$ZodType, io: 'input' | 'output', components: Map<string, Json>): Json {
  const made = z.toJSONSchema(schema, {
    io,
    target: 'draft-2020-12',
    unrepresentable: 'any',
    override: ({ jsonSchema }) => {
      if (jsonSchema.properties) {
        jsonSchema.properties = Object.fromEntries(
          Object.entries(jsonSchema.properties).map(([name, each]) => [wireName(name), each]),
        )
      }
      if (jsonSchema.required) jsonSchema.required = jsonSchema.required.map(wireName)
      nullableInOne(jsonSchema)
      // The format says it already; zod adds what makes one in a pattern of 150 characters.
      if (['uuid', 'date', 'date-time'].includes(jsonSchema.format ?? '')) delete jsonSchema.pattern
      // Said once here for every object: what is not declared is refused in a request and left out of an answer.
      if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties
    },
  })
  const {
    $defs,
    $schema: _,
    ...rest
  } = JSON.parse(JSON.stringify(made).replaceAll('"#/$defs/', '"#/components/schemas/')) as Json & {
    $defs?: Readonly<Record<string, Json>>
  }
  for (const [name, each] of Object.entries($defs ?? {})) components.set(name, withoutId(each))
  const { id } = rest as { id?: string }
  if (id === undefined) return rest
  components.set(id, withoutId(rest))
  return { $ref: `#/components/schemas/${id}` }
}

function withoutId(schema: Json): Json {
  return Object.fromEntries(Object.entries(schema).filter(([name]) => name !== 'id'))
}

/** `GET /albums/{id}/media` is `getAlbumsIdMedia`. */
function nameOf({ method, path }: Endpoint): string {
  return method.toLowerCase() + pascal(path)
}

function pascal(text: string): string {
  const words = text.split(/[^A-Za-z0-9]+/)
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')
}
