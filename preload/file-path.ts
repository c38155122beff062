import * as electron from 'electron'

/** Electron 29 brought `webUtils.getPathForFile`; before it, a File itself carried its path. */
export function pathOfFile(file: File): string {
  const { webUtils } = electron as { webUtils?: { getPathForFile(file: File): string } }
  if (webUtils) return webUtils.getPathForFile(file)
  return (file as File & { readonly path?: string }).path ?? ''
}
