/** Exports. Each code with its status over HTTP. */
export const exportsErrors = {
  'export-not-empty': 409,
} as const
