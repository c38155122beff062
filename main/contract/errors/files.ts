/** Disks, folders and files. Each code with its status over HTTP. */
export const filesErrors = {
  'disk-full': 507,
  'disk-failing': 503,
  'drive-away': 503,
  'not-permitted': 403,
  'read-only': 409,
  'file-missing': 404,
  'file-unreadable': 500,
  'file-changing': 500,
  'path-inside-vault': 400,
  'path-outside': 400,
  'path-around-vault': 400,
} as const
