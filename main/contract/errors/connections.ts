/** Connections to services. Each code with its status over HTTP. */
export const connectionsErrors = {
  'connection-refused': 422,
  'connection-expired': 422,
  'connection-offline': 503,
  'connection-busy': 409,
  'connection-limited': 503,
  'connection-unsupported': 422,
} as const
