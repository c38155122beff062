/** Imports and watched folders. Each code with its status over HTTP. */
export const importsErrors = {
  'already-watched': 409,
  'import-running': 409,
  'import-finished': 409,
} as const
