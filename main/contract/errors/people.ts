/** Who may do what. Each code with its status over HTTP. */
export const peopleErrors = {
  unauthorized: 401,
  'sign-in-needed': 401,
  'sign-in-failed': 401,
  'session-ended': 401,
  'too-many-attempts': 429,
  forbidden: 403,
  'user-exists': 409,
  'user-unknown': 404,
  'user-disabled': 403,
  'weak-password': 400,
  'vault-key-wrong': 403,
  'vault-key-locked': 409,
  'erase-unconfirmed': 400,
} as const
