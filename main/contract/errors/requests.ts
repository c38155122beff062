/** What a request may be refused with, whatever it is about. Each code with its status over HTTP. */
export const requestErrors = {
  'bad-request': 400,
  'method-not-allowed': 405,
  'too-large': 413,
  'unsupported-type': 415,
  'not-found': 404,
  conflict: 409,
  'changed-meanwhile': 412,
  'wrong-usage': 400,
  internal: 500,
  cancelled: 500,
  busy: 503,
  'engine-unreachable': 503,
} as const
