/** Which vault is open, and whether it can be. Each code with its status over HTTP. */
export const vaultErrors = {
  'no-vault': 409,
  'vault-exists': 409,
  'vault-not-empty': 409,
  'vault-not-found': 404,
  'vault-locked': 423,
  'vault-damaged': 500,
  'vault-newer': 500,
  'vault-unfinished': 500,
  'vault-untrusted': 403,
} as const
