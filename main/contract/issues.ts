import type { z } from 'zod'

const kinds: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
  file: 'a file',
}

const formats: Readonly<Record<string, string>> = {
  uuid: 'an id',
  datetime: 'a moment such as 2026-02-03T12:34:56Z',
  date: 'a day such as 2026-02-03',
  email: 'an email address',
  url: 'a web address',
}

/** What is wrong with a value, as the end of a sentence: “must be a number”. A schema's own message comes first. */
export function issueInWords(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.message.endsWith('received undefined')
        ? 'must be given'
        : `must be ${kinds[issue.expected] ?? issue.expected}`
    case 'invalid_value':
      return `must be ${issue.values.length === 1 ? '' : 'one of '}${issue.values.map(String).join(', ')}`
    case 'too_small':
      return sizeInWords(issue.origin, issue.minimum, 'least')
    case 'too_big':
      return sizeInWords(issue.origin, issue.maximum, 'most')
    case 'invalid_format':
      return formats[issue.format]
        ? `must be ${formats[issue.format]}`
        : ownMessage(issue, 'is not written as it should be')
    case 'invalid_union':
      return 'must be one of the kinds that are allowed here'
    case 'not_multiple_of':
      return `must be a multiple of ${issue.divisor}`
    case 'unrecognized_keys':
      return `has the unknown field ${issue.keys.join(', ')}`
    case 'invalid_key':
    case 'invalid_element':
      return 'has an entry that is not allowed'
    case 'custom':
      return ownMessage(issue, 'is not allowed')
  }
}

/** Messages of a library begin with “Invalid”; a schema of ours says what it wants. */
function ownMessage({ message }: z.core.$ZodIssue, otherwise: string): string {
  return /^invalid\b/i.test(message) || message === '' ? otherwise : message
}

function sizeInWords(origin: string, limit: number | bigint, end: 'least' | 'most'): string {
  if (origin === 'string') {
    return end === 'least' && limit === 1 ? 'must not be empty' : `must have at ${end} ${limit} characters`
  }
  if (origin === 'array' || origin === 'set') {
    return end === 'least' && limit === 1 ? 'must not be empty' : `must have at ${end} ${limit} entries`
  }
  return `must be at ${end} ${limit}`
}
