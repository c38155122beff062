/** Exports of services. Each code with its status over HTTP. */
export const archivesErrors = {
  'archive-unknown': 422,
  'archive-damaged': 422,
  'archive-encrypted': 422,
  'archive-refused': 422,
} as const
